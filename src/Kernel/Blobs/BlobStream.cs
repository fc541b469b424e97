namespace Slipway.Kernel;

/// <summary>A <see cref="BlobReader"/> as a read-only, seekable stream.</summary>
internal sealed class BlobStream : BlobContentStream
{
    private readonly BlobReader _reader;

    public BlobStream(BlobReader reader)
        : base(reader.SizeBytes) => _reader = reader;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var piece = await _reader.At(Position, cancellationToken);
        var count = Math.Min(piece.Length, buffer.Length);
        piece[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing) { _reader.Dispose(); }

        base.Dispose(disposing);
    }
}
