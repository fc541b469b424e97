using Slipway.Registry.Versions;

namespace Slipway.Registry.Tests.Versions;

/// <summary>Class H1 of the attacks: a source never leads to the server's machine or to an address in the web.</summary>
public sealed class SourceTextTests
{
    [Theory]
    [InlineData("runs:/0123abcd/model", "0123abcd", "model")]
    [InlineData("runs:/0123abcd", "0123abcd", "")]
    [InlineData("runs:/0123abcd/a/b c/model.onnx", "0123abcd", "a/b c/model.onnx")]
    [InlineData("mlflow-artifacts:/7/0123abcd/artifacts/model", "0123abcd", "model")]
    [InlineData("mlflow-artifacts:/7/0123abcd/artifacts", "0123abcd", "")]
    public void An_artifact_of_a_run_may_be_a_source(string source, string run, string path)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((run, path), (parsed.RunId, parsed.Path));
    }

    [Theory]
    [InlineData("models:/card/3", "card", "3"), InlineData("models:/card@champion", "card", "@champion"), InlineData("models:/100% of it/12", "100% of it", "12")]
    public void Another_version_may_be_a_source(string source, string model, string version)
    {
        var parsed = SourceText.Parse(source).Value;

        Assert.Equal((model, version), (parsed.Model, parsed.Version));
    }

    [Theory]
    [InlineData("s3://bucket/key"), InlineData("s3://bucket/key/"), InlineData("gs://b/a"), InlineData("S3://b/a"), InlineData("abfss://c@a.dfs.core.windows.net/x"), InlineData("dbfs:/models/x"), InlineData("hdfs://namenode:9000/x")]
    public void An_address_in_an_object_store_is_kept_as_data(string source) => Assert.Null(SourceText.Parse(source).Value.RunId);

    [Theory]
    [InlineData("/etc/passwd"), InlineData("etc/passwd"), InlineData("./model"), InlineData("../model"), InlineData("~/model"), InlineData("C:\\models\\x"), InlineData("c:/models/x"), InlineData("\\\\?\\C:\\x")]
    [InlineData("\\\\server\\share"), InlineData("file:///etc/passwd"), InlineData("FILE:///etc"), InlineData("file:/etc"), InlineData("file://localhost/etc"), InlineData(" file:///etc"), InlineData("\tfile:///etc")]
    public void A_local_path_is_refused(string source) => Assert.Contains("To use a local path", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.org/model"), InlineData("https://169.254.169.254/latest/meta-data"), InlineData("ftp://h/x"), InlineData("sftp://h/x"), InlineData("javascript:alert(1)"), InlineData("data:text/html,x")]
    [InlineData("gopher://h/x"), InlineData("ldap://h/x"), InlineData("jar:file:///x"), InlineData("slipway:/x"), InlineData("pipeline:/x/y"), InlineData("prompts:/x/1"), InlineData("s3:bucket"), InlineData("s3://")]
    public void An_address_elsewhere_is_refused(string source) => Assert.Contains("Invalid model version source", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("mlflow-artifacts:/../../x"), InlineData("s3://b/../x"), InlineData("s3://b/%2e%2e/x"), InlineData("s3://b/%252e%252e/x"), InlineData("s3://b/..%c0%af/x"), InlineData("s3://b/..%2fx"), InlineData("s3://b/....//x")]
    [InlineData("runs:/0123abcd/../x"), InlineData("runs:/0123abcd/..\\x"), InlineData("runs:/0123abcd/%2e%2e/x"), InlineData("runs:/0123abcd//abs"), InlineData("runs:/0123abcd/C:\\x"), InlineData("runs:/0123abcd/~/x")]
    [InlineData("runs:/0123abcd/a\u0000b"), InlineData("runs:/0123abcd/a%00b"), InlineData("runs:/0123abcd/a\nb"), InlineData("runs:/0123abcd/x."), InlineData("runs:/0123abcd/x "), InlineData("runs:/0123abcd/file:x")]
    [InlineData("models:/../1"), InlineData("models:/a/../1"), InlineData("models:/%2e%2e/1")]
    public void A_way_out_is_refused_in_every_spelling(string source) => Assert.Contains("without relative path references", Refused(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("runs:/"), InlineData("runs:///0123abcd/x"), InlineData("runs://host/0123abcd/x"), InlineData("mlflow-artifacts://host/7/0123abcd/artifacts/x"), InlineData("mlflow-artifacts:/7/0123abcd"), InlineData("mlflow-artifacts:/x/0123abcd/artifacts")]
    [InlineData("models:/m-0123abcd"), InlineData("models:/card"), InlineData("models:/card/latest"), InlineData("models:/card/1/2"), InlineData("models:/card@a/b"), InlineData("models://card/1")]
    public void A_source_of_ours_in_another_form_is_refused(string source) => Assert.Contains("Invalid model version source", Refused(source), StringComparison.Ordinal);

    private static string Refused(string source)
    {
        var parsed = SourceText.Parse(source);

        Assert.Equal((400, "source"), (parsed.Problem?.Status, parsed.Problem?.Field));
        return parsed.Problem!.Detail;
    }
}
