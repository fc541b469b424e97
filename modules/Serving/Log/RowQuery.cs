using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>Which rows are wanted: those at <see cref="From"/> to <see cref="To"/>, or one by its id.</summary>
internal readonly record struct RowQuery(long From, long To, int Limit)
{
    /// <summary>Null = any.</summary>
    public (UInt128 Request, int Row)? Id { get; init; }

    public static RowQuery Of(UInt128 request, int row) => new(1, long.MaxValue, 1) { Id = (request, row) };
}

/// <summary>Makes the rows of a group that are wanted.</summary>
internal static class GroupReader
{
    /// <param name="payload">Of the frame.</param>
    /// <param name="deployments">By number.</param>
    /// <param name="into">Gets the rows, at most as many as <paramref name="query"/> says in all.</param>
    /// <exception cref="InvalidDataException">The bytes are not a group.</exception>
    public static void Read(ReadOnlySpan<byte> payload, IReadOnlyDictionary<int, LoggedDeployment> deployments, in RowQuery query, List<Prediction> into)
    {
        var reader = new ByteReader(payload);
        var head = GroupHead.Read(ref reader);
        if (head.Count == 0 || head.Last < query.From || head.First > query.To || !head.Readable(deployments)) { return; }

        if (query.Id is { } wanted && (PredictionId.TimeMs(wanted.Request) is var at && (at < head.MinMs || at > head.MaxMs))) { return; }

        var texts = new string?[reader.Varint() + 1];
        for (var i = 1; i < texts.Length; i++) { texts[i] = reader.Text(); }

        for (var position = head.First; position <= head.Last;)
        {
            var entry = Entry.Read(ref reader, deployments);
            for (var i = 0; i < entry.Rows; i++, position++)
            {
                if (into.Count >= query.Limit) { return; }

                var row = reader.Varint();
                var make = position >= query.From && position <= query.To && (query.Id is not { } id || (id.Request == entry.Request && id.Row == row));
                Row(ref reader, entry, position, row, texts, make ? into : null);
            }
        }
    }

    private static void Row(ref ByteReader reader, in Entry entry, long position, int row, string?[] texts, List<Prediction>? into)
    {
        var unit = texts[reader.Varint()];
        var score = reader.Double();
        var decision = texts[reader.Varint()];
        var deployment = entry.Deployment;
        if (into is null)
        {
            reader.Take(deployment.Numbers * 8);
            for (var i = 0; i < deployment.Texts; i++) { reader.Varint(); }

            return;
        }

        var numbers = new double[deployment.Numbers];
        reader.Doubles(numbers);
        var values = deployment.Texts == 0 ? [] : new string?[deployment.Texts];
        for (var i = 0; i < values.Length; i++) { values[i] = texts[reader.Varint()]; }

        into.Add(new Prediction(
            position, PredictionId.Of(entry.Request, row), entry.AtMs, deployment.DeploymentId, deployment.Version, entry.Role, unit, deployment.Schema, numbers, values,
            double.IsNaN(score) ? null : score, decision));
    }

    /// <summary>What the rows of one request and deployment have in common.</summary>
    private readonly record struct Entry(UInt128 Request, long AtMs, DeploymentRole Role, LoggedDeployment Deployment, int Rows)
    {
        public static Entry Read(ref ByteReader reader, IReadOnlyDictionary<int, LoggedDeployment> deployments)
        {
            var (request, atMs, role, number) = (reader.Wide(), reader.Int64(), (DeploymentRole)reader.Byte(), reader.Varint());
            return deployments.TryGetValue(number, out var deployment)
                ? new Entry(request, atMs, role, deployment, reader.Varint())
                : throw new InvalidDataException($"a row names deployment {number}, which was not described before it");
        }
    }
}
