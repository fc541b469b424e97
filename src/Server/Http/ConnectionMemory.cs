using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Slipway.Server;

/// <summary>
/// Memory of connections in blocks of 32 KiB, not 4 KiB: large bodies come and go in an eighth of the calls. A connection that waits holds none. The blocks are the
/// runtime's shared ones, which it lets go of when they are not used.
/// </summary>
internal sealed class ConnectionMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 32 * 1024;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    protected override void Dispose(bool disposing)
    {
    }
}
