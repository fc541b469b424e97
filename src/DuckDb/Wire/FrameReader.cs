using System.Buffers.Binary;

namespace Slipway.DuckDb;

/// <summary>Frames from a pipe, several per read of the system where they are small.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;

    /// <summary>The next frame, or null at the end of the stream (also in the middle of a frame).</summary>
    /// <exception cref="InvalidDataException">The length makes no sense.</exception>
    public async ValueTask<(Frame Kind, byte[] Payload)?> Read()
    {
        while (_end - _start < 5)
        {
            if (!await Fill()) { return null; }
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start)) - 1;
        if (length is < 0 or > 1 << 30) { throw new InvalidDataException($"a frame says that it has {length} bytes"); }

        var kind = (Frame)_buffer[_start + 4];
        _start += 5;
        var payload = GC.AllocateUninitializedArray<byte>(length);
        var taken = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(payload);
        _start += taken;
        return taken < length && await stream.ReadAtLeastAsync(payload.AsMemory(taken), length - taken, throwOnEndOfStream: false) < length - taken ? null : (kind, payload);
    }

    private async ValueTask<bool> Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end));
        _end += read;
        return read > 0;
    }
}
