namespace Slipway.OnnxRuntime.Check;

/// <summary>The way to a field; becomes text only for a fault.</summary>
internal sealed class Place(Place? parent, string field, int index = -1)
{
    public Place At(string child, int place = -1) => new(this, child, place);

    public override string ToString() => (parent is null ? "" : parent + ".") + (index < 0 ? field : $"{field}[{index}]");
}
