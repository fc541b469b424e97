using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>What the log keeps of a deployment, once per segment: whose rows they are and what their values are called.</summary>
internal sealed record LoggedDeployment(string DeploymentId, long Version, PredictionSchema Schema)
{
    /// <summary>Numeric fields.</summary>
    public int Numbers { get; } = Schema.Fields.Count(field => field.IsNumber);

    /// <summary>Text fields.</summary>
    public int Texts { get; } = Schema.Fields.Count(field => !field.IsNumber);

    public bool SameAs(LoggedDeployment other) =>
        DeploymentId == other.DeploymentId && Version == other.Version && Schema.Fields.SequenceEqual(other.Schema.Fields);

    /// <exception cref="ArgumentException">The indexes of its fields are not 0, 1, 2, … within numbers and within texts.</exception>
    public void Check()
    {
        foreach (var kind in (bool[])[true, false])
        {
            var places = Schema.Fields.Where(field => field.IsNumber == kind).Select(field => field.Index).Order();
            if (!places.SequenceEqual(Enumerable.Range(0, kind ? Numbers : Texts))) { throw new ArgumentException($"the fields of deployment {DeploymentId} have no place each in their array"); }
        }
    }

    public void WriteTo(ByteBuffer to, ulong key, int number)
    {
        var start = Frame.Begin(to, FrameKind.Deployment);
        to.Varint(number);
        to.Text(DeploymentId);
        to.Int64(Version);
        to.Varint(Schema.Fields.Count);
        foreach (var field in Schema.Fields)
        {
            to.Text(field.Name);
            to.Byte(field.IsNumber ? (byte)1 : (byte)0);
            to.Varint(field.Index);
        }

        Frame.End(to, start, key);
    }

    public static (int Number, LoggedDeployment Deployment) Read(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        var (number, id, version) = (reader.Varint(), reader.Text(), reader.Int64());
        var fields = new PredictionField[reader.Varint()];
        for (var i = 0; i < fields.Length; i++) { fields[i] = new PredictionField(reader.Text(), reader.Byte() != 0, reader.Varint()); }

        return (number, new LoggedDeployment(id, version, new PredictionSchema(fields)));
    }
}
