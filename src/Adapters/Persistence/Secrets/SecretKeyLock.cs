using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using ChatOpsCampaigns.Adapters.Persistence.Audit;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOpsCampaigns.Adapters.Persistence.Secrets;

/// <summary>
/// Locks the keys of Data Protection under one that is derived from the key of the audit trail (<c>Audit:Key</c> or the keys folder): who has the
/// database alone, or a copy of it, reads no secret.
/// </summary>
internal sealed class SecretKeyLock(AuditKey key) : IXmlEncryptor
{
    private const string Purpose = "secret keys";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        var locked = new byte[plain.Length];
        using var cipher = Cipher(key);
        cipher.Encrypt(nonce, plain, locked, tag);
        byte[] whole = [.. nonce, .. tag, .. locked];
        return new EncryptedXmlInfo(new XElement("locked", Convert.ToBase64String(whole)), typeof(Opener));
    }

    private static AesGcm Cipher(AuditKey key) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Value, 32, info: Encoding.UTF8.GetBytes(Purpose)), AesGcm.TagByteSizes.MaxSize);

    /// <summary>Made by Data Protection, by its name.</summary>
    internal sealed class Opener : IXmlDecryptor
    {
        private readonly AuditKey _key;

        public Opener(IServiceProvider services) => _key = services.GetRequiredService<AuditKey>();

        /// <exception cref="CryptographicException">It was locked under another key.</exception>
        public XElement Decrypt(XElement encryptedElement)
        {
            var whole = Convert.FromBase64String(encryptedElement.Value).AsSpan();
            var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
            var plain = new byte[whole.Length - nonce - tag];
            using var cipher = Cipher(_key);
            cipher.Decrypt(whole[..nonce], whole[(nonce + tag)..], whole.Slice(nonce, tag), plain);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
    }
}
