using System.Diagnostics;
using System.Globalization;

namespace Slipway.Bench.Tracking;

/// <summary>One large file up and down through the artifact proxy.</summary>
internal static class Artifacts
{
    private const int Rounds = 3;
    private const int PieceBytes = 1 << 20;

    /// <param name="megabytes">Size of the file in MiB.</param>
    public static async Task Measure(MlflowServer server, int megabytes)
    {
        var address = (await server.CreateRun(await server.CreateExperiment("files"), "files")).Artifacts;
        var path = $"/api/2.0/mlflow-artifacts/artifacts{new Uri(address).AbsolutePath}/large.bin";
        var (up, down) = (new Figures($"artifact of {megabytes} MiB up", "MB/s", "300 MB/s"), new Figures($"artifact of {megabytes} MiB down", "MB/s", "1,000 MB/s"));
        for (var round = 0; round < Rounds; round++)
        {
            using var content = new StreamContent(new RepeatedBytes((long)megabytes * PieceBytes, round));
            var clock = Stopwatch.StartNew();
            using (var answer = await server.Http.PutAsync(path, content)) { answer.EnsureSuccessStatusCode(); }

            up.Add(megabytes * PieceBytes / 1e6 / clock.Elapsed.TotalSeconds);
            clock.Restart();
            await using (var read = await server.Http.GetStreamAsync(path)) { await read.CopyToAsync(Stream.Null, PieceBytes); }

            down.Add(megabytes * PieceBytes / 1e6 / clock.Elapsed.TotalSeconds);
        }

        up.Print();
        down.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-53}{Rounds} files of other bytes each"));
    }

    /// <summary>Random bytes, one piece over and over with its number in it, so that no two pieces and no two rounds are alike.</summary>
    private sealed class RepeatedBytes(long length, int seed) : Stream
    {
        private readonly byte[] _piece = Piece(seed);
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var inPiece = (int)(_at % PieceBytes);
            if (inPiece == 0) { BitConverter.TryWriteBytes(_piece, _at); }

            var read = (int)Math.Min(Math.Min(count, PieceBytes - inPiece), length - _at);
            _piece.AsSpan(inPiece, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static byte[] Piece(int seed)
        {
            var piece = new byte[PieceBytes];
            new Random(seed).NextBytes(piece);
            return piece;
        }
    }
}
