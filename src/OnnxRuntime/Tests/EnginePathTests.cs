using System.Runtime.InteropServices;
using Slipway.OnnxRuntime.Native;

namespace Slipway.OnnxRuntime.Tests;

public sealed class EnginePathTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("slipway-engine-").FullName;

    [Fact]
    public void The_folder_of_the_operator_comes_first_then_the_programs_then_node_modules_above_it()
    {
        var program = Path.Combine(_root, "artifacts", "bin");
        var (checkout, publish, mine) = (
            Engine(_root, "node_modules", "onnxruntime-node", "bin", "napi-v6", "linux", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()), Path.Combine(program, EnginePath.Library), Path.Combine(_root, "mine"));
        Directory.CreateDirectory(program);
        Directory.CreateDirectory(mine);

        Assert.Equal(checkout, EnginePath.Find(null, program));

        Engine(program);
        Assert.Equal(publish, EnginePath.Find("", program));

        Engine(mine);
        Assert.Equal(Path.Combine(mine, EnginePath.Library), EnginePath.Find(mine, program));
    }

    [Fact]
    public void A_missing_library_says_in_one_sentence_what_to_do()
    {
        var fault = Assert.Throws<OnnxException>(() => EnginePath.Find("/opt/none", _root));

        Assert.Equal(OnnxFailure.EngineMissing, fault.Failure);
        Assert.Equal("/opt/none, which SLIPWAY_ENGINES names, holds no libonnxruntime.so.1: put it there, or unset SLIPWAY_ENGINES.", fault.Message);
        Assert.Equal(
            "ONNX Runtime's library libonnxruntime.so.1 was not found: run npm ci in the checkout, or name the folder that holds it in SLIPWAY_ENGINES.",
            Assert.Throws<OnnxException>(() => EnginePath.Find(null, _root)).Message);
    }

    [Fact]
    public void A_file_that_is_no_library_says_so()
    {
        var fault = Assert.Throws<OnnxException>(() => Ort.Load(Engine(_root)));

        Assert.Equal(OnnxFailure.EngineMissing, fault.Failure);
        Assert.StartsWith($"ONNX Runtime cannot be used: {Path.Combine(_root, EnginePath.Library)} is no library of it for ", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Engine(params string[] folders)
    {
        var folder = Directory.CreateDirectory(Path.Combine(folders)).FullName;
        File.WriteAllText(Path.Combine(folder, EnginePath.Library), "not really");
        return Path.Combine(folder, EnginePath.Library);
    }
}
