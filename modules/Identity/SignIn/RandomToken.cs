using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Identity.SignIn;

/// <summary>Secrets of sessions and one-time links: 256 random bits as 43 base64url characters, of which only the SHA-256 is stored.</summary>
internal static class RandomToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
