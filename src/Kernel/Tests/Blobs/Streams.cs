namespace Slipway.Kernel.Tests;

/// <summary>Gives a few bytes at a time, as a network does; may break at the end.</summary>
internal sealed class Trickle(byte[] content, bool failsAtEnd = false) : ReadOnlyStream
{
    private readonly Random _random = new(1);
    private int _at;

    protected override int Give(Span<byte> buffer)
    {
        var count = Math.Min(Math.Min(content.Length - _at, buffer.Length), _random.Next(1, 9_000));
        if (count == 0 && failsAtEnd) { throw new EndOfStreamException("the client left"); }

        content.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}

/// <summary>So many bytes of nothing, without memory.</summary>
internal sealed class Zeros(long length) : ReadOnlyStream
{
    private long _left = length;

    protected override int Give(Span<byte> buffer)
    {
        var count = (int)Math.Min(_left, buffer.Length);
        _left -= count;
        return count;
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Give(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Give(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected abstract int Give(Span<byte> buffer);
}

/// <summary>Takes so many bytes, then does something with every further piece.</summary>
internal sealed class Taker(long bytes, Action then) : MemoryStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Length + buffer.Length > bytes) { then(); }

        return base.WriteAsync(buffer, cancellationToken);
    }
}
