using System.Text;

namespace Slipway.OnnxRuntime.Native;

/// <summary>Names as pointers to UTF-8 that ends with 0, in pinned memory: valid as long as this object is in use.</summary>
internal sealed unsafe class NativeNames
{
    private readonly byte[][] _bytes;
    private readonly nint[] _pointers;

    public NativeNames(string[] names)
    {
        _bytes = [.. names.Select(Pinned)];
        _pointers = GC.AllocateArray<nint>(names.Length, pinned: true);
        for (var i = 0; i < names.Length; i++)
        {
            fixed (byte* name = _bytes[i]) { _pointers[i] = (nint)name; }
        }
    }

    public ReadOnlySpan<nint> Pointers => _pointers;

    private static byte[] Pinned(string name)
    {
        var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(name) + 1, pinned: true);
        Encoding.UTF8.GetBytes(name, bytes);
        return bytes;
    }
}
