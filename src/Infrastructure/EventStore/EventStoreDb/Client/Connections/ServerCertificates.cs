using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EventEngine.Infrastructure.EventStore.EventStoreDb.Client.Connections;

/// <summary>Whom to believe that they are the server.</summary>
internal static class ServerCertificates
{
    public static SslClientAuthenticationOptions Trust(ConnectionSettings settings)
    {
        var options = new SslClientAuthenticationOptions();
        if (!settings.TlsVerifyCert)
        {
#pragma warning disable CA5359 // the operator asked for it: tlsVerifyCert=false
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (settings.TlsCaFile is { } file)
        {
            var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            chain.CustomTrustStore.ImportFromPemFile(file);
            options.CertificateChainPolicy = chain;
        }

        return options;
    }
}
