namespace Slipway.Kernel.Tests;

public sealed class SecretBoxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-secrets-").FullName;

    private string File => Path.Combine(_folder, "keys", "secrets-key");

    [Fact]
    public void A_secret_opens_for_its_purpose_with_its_key_alone()
    {
        var box = new SecretBox(File).Seal("pässword", "webhook/1");

        Assert.Equal("pässword", new SecretBox(File).Open(box, "webhook/1"));
        Assert.Null(new SecretBox(File).Open(box, "webhook/2"));
        Assert.Null(new SecretBox(Path.Combine(_folder, "other")).Open(box, "webhook/1"));
        Assert.NotEqual(box, new SecretBox(File).Seal("pässword", "webhook/1"));
        Assert.DoesNotContain("ssword", System.Text.Encoding.Latin1.GetString(box), StringComparison.Ordinal);
    }

    [Fact]
    public void No_bit_of_it_can_be_changed()
    {
        var secrets = new SecretBox(File);
        var box = secrets.Seal("secret", "x");

        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 1;
            Assert.Null(secrets.Open(box, "x"));
            box[i] ^= 1;
        }

        Assert.Null(secrets.Open(box.AsSpan(0, 20), "x"));
    }

    [Fact]
    public void The_key_is_for_its_owner_alone()
    {
        _ = new SecretBox(File).Seal("secret", "x");
        if (OperatingSystem.IsWindows()) { return; }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains("chmod 600", Assert.Throws<IOException>(() => new SecretBox(File).Seal("secret", "x")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
