#!/bin/sh
# Makes the certificates of the cluster in docker-compose.yml, once: a CA of its own, and one certificate for each node named.
#   certificates.sh <folder> <node>…        clients need <folder>/ca/ca.crt, and nothing else
set -eu
folder=$1
shift
owner=1000 # of the server in its image

if [ ! -f "$folder/ca/ca.crt" ]; then
  mkdir -p "$folder/ca" "$folder/private"
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=eventengine-eventstoredb-ca" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$folder/private/ca.key" -out "$folder/private/ca.crt"
  mv "$folder/private/ca.crt" "$folder/ca/ca.crt"
fi

for node; do
  [ ! -f "$folder/$node/node.crt" ] || continue
  mkdir -p "$folder/$node"
  # Nodes know one another by this common name.
  openssl req -newkey rsa:2048 -nodes -subj "/CN=eventstoredb-node" -keyout "$folder/$node/node.key" -out "$folder/$node/node.csr"
  printf '%s\n' 'basicConstraints=CA:FALSE' 'keyUsage=critical,digitalSignature,keyEncipherment' \
    'extendedKeyUsage=serverAuth,clientAuth' "subjectAltName=DNS:$node,DNS:localhost" >"$folder/$node/node.ext"
  openssl x509 -req -in "$folder/$node/node.csr" -CA "$folder/ca/ca.crt" -CAkey "$folder/private/ca.key" -CAserial "$folder/private/ca.srl" -CAcreateserial \
    -days 3650 -extfile "$folder/$node/node.ext" -out "$folder/$node/new.crt"
  mv "$folder/$node/new.crt" "$folder/$node/node.crt"
  rm "$folder/$node/node.csr" "$folder/$node/node.ext"
done

chmod 700 "$folder/private"
if [ "$(id -u)" = 0 ]; then
  for node; do chown -R "$owner" "$folder/$node" && chmod 600 "$folder/$node/node.key"; done
fi
