// What npm's jose thinks of our tokens ("verify"), and tokens that it makes to get in ("forge"). Input and output are JSON.
import { readFileSync } from "node:fs";
import { base64url, createLocalJWKSet, exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, UnsecuredJWT } from "jose";

const input = JSON.parse(readFileSync(0, "utf8"));

async function verify({ token, jwks, issuer, audience }) {
  const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), { issuer, audience, algorithms: ["ES256"], typ: "JWT" });
  return payload;
}

async function forge({ token, claims, jwks }) {
  const [jwk] = jwks.keys;
  const { kid } = jwk;
  const [header, payload, signature] = token.split(".");
  const own = await generateKeyPair("ES256", { extractable: true });
  const ownJwk = await exportJWK(own.publicKey);
  const rsa = await generateKeyPair("RS256");
  const publicText = new TextEncoder().encode(JSON.stringify(jwk));
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x, "base64url"), Buffer.from(jwk.y, "base64url")]);
  const sign = (protectedHeader, key) => new SignJWT(claims).setProtectedHeader(protectedHeader).sign(key);
  const encode = (value) => base64url.encode(JSON.stringify(value));
  const unsigned = new UnsecuredJWT(claims).encode();
  return {
    "no algorithm": unsigned,
    "no algorithm, our key's id": `${encode({ alg: "none", kid })}.${payload}.`,
    "None in another spelling, our signature": `${encode({ alg: "nOnE", kid })}.${payload}.${signature}`,
    "HS256 with our public key as JSON": await sign({ alg: "HS256", kid }, publicText),
    "HS256 with our public key as point": await sign({ alg: "HS256", kid }, point),
    "another key under our key's id": await sign({ alg: "ES256", kid }, own.privateKey),
    "another key under an id of its own": await sign({ alg: "ES256", kid: "own" }, own.privateKey),
    "another key that the header brings along": await sign({ alg: "ES256", kid, jwk: ownJwk }, own.privateKey),
    "another key at an address": await sign({ alg: "ES256", kid: "x", jku: "https://evil.example/jwks.json" }, own.privateKey),
    "a key's id that is a path": await sign({ alg: "ES256", kid: "../../etc/passwd" }, own.privateKey),
    "a key's id that is SQL": await sign({ alg: "ES256", kid: "' or 1=1 --" }, own.privateKey),
    "no key's id": await sign({ alg: "ES256" }, own.privateKey),
    "RS256": await sign({ alg: "RS256", kid }, rsa.privateKey),
    "our signature under another payload": `${header}.${encode({ ...claims, org: "f".repeat(32) })}.${signature}`,
    "no signature": `${header}.${payload}.`,
    "a signature of zeros": `${header}.${payload}.${base64url.encode(new Uint8Array(64))}`,
    "half of our signature": `${header}.${payload}.${signature.slice(0, 43)}`,
  };
}

await importJWK(input.jwks.keys[0], "ES256"); // ours is a key that jose takes
process.stdout.write(JSON.stringify(await { verify, forge }[process.argv[2]](input)));
