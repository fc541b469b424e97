using Slipway.Tracking.Artifacts;

namespace Slipway.Tracking.Tests.Artifacts;

public sealed class ArtifactPathTests
{
    /// <summary>Ways out of a folder, in the encodings that were used against servers like this one.</summary>
    public static readonly TheoryData<string> WaysOut =
    [
        "..", "../x", "../../etc/passwd", "a/../../x", "a/..", "./x", "a/./x", "a//x", "//host/share", "/etc/passwd", "..\\x", "a\\..\\x", "\\\\?\\C:\\x", "C:\\x", "C:/x", "c:x",
        "~", "~/x", "~root/x", "%2e%2e/x", "%2e%2e%2fx", "..%2fx", "%252e%252e%252fx", "%25252e%25252e/x", "..%c0%afx", "%c0%ae%c0%ae/x", "..%5cx", "....//x", "... /x", "../", "..;/x",
        "x\0.txt", "x%00.txt", "x\n", "a/.. /x", "a/..../x", "a/x.", "a/x ", "file:///etc/passwd", "file:x", "%2fetc/passwd", " ", "%7e/x",
    ];

    [Theory, MemberData(nameof(WaysOut))]
    public void A_way_out_is_no_name(string path)
    {
        Assert.Equal("Invalid path", ArtifactPath.File(path).Problem?.Detail);
        Assert.Equal("Invalid path", ArtifactPath.Directory(path).Problem?.Detail);
    }

    [Theory]
    [InlineData("model/MLmodel"), InlineData("a b.txt"), InlineData("100%.txt"), InlineData("50%25.txt"), InlineData("été/模型.bin"), InlineData(".hidden"), InlineData("a;b#c?d=e&f")]
    [InlineData("a..b"), InlineData("v1.2.3"), InlineData("{x}"), InlineData("ab:c"), InlineData("a~1")]
    public void An_ordinary_name_stays_as_it_is(string path) => Assert.Equal(path, ArtifactPath.File(path).Value);

    [Fact]
    public void A_name_is_at_most_2000_bytes()
    {
        Assert.Null(ArtifactPath.File(new string('x', 2_000)).Problem);
        Assert.NotNull(ArtifactPath.File(new string('é', 1_001)).Problem);
    }

    [Fact]
    public void The_root_and_a_slash_at_the_end_are_directories()
    {
        Assert.Equal("", ArtifactPath.Directory(null).Value);
        Assert.Equal("a/b", ArtifactPath.Directory("a/b/").Value);
    }
}
