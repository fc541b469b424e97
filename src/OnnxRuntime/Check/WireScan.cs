using System.Text;
using System.Text.Unicode;

namespace Slipway.OnnxRuntime.Check;

/// <summary>Reads a file as protobuf (encoding specification of Protocol Buffers) along <see cref="WireSchema"/> without building anything, and stops at the first fault.</summary>
internal ref struct WireScan(ReadOnlySpan<byte> file, OnnxFileLimits limits)
{
    // Below the limit of 100 of the readers that follow.
    private const int MaxDepth = 64;

    private const int Varint = 0, Fixed64 = 1, Counted = 2, Fixed32 = 5;

    private readonly ReadOnlySpan<byte> _file = file;
    private readonly (string Name, int Index)[] _trail = new (string, int)[MaxDepth + 1];
    private OnnxFileFault? _fault;
    private int _at;
    private int _messages;
    private int _numbers;
    private int _nodes;

    /// <summary>The first fault; null when the bytes are in order.</summary>
    public OnnxFileFault? Fault()
    {
        Message(WireSchema.Model, _file.Length, depth: 0, graphs: 0);
        return _fault;
    }

    private bool Message(WireMessage message, int end, int depth, int graphs)
    {
        if (depth == MaxDepth) { return Refuse(depth, $"Messages nest deeper than {MaxDepth}."); }

        if (++_messages > limits.Messages) { return Refuse(depth, $"The file has more than {limits.Messages} messages."); }

        if (message == WireSchema.Graph && ++graphs > limits.GraphDepth) { return Refuse(depth, $"Graphs nest deeper than {limits.GraphDepth}."); }

        if (message == WireSchema.Node && ++_nodes > limits.Nodes) { return Refuse(depth, $"The model has more than {limits.Nodes} operators."); }

        Span<int> counts = stackalloc int[WireMessage.MaxField + 1];
        counts.Clear();
        var chosen = false;
        while (_at < end)
        {
            if (!ReadVarint(end, out var tag)) { return Refuse(depth, $"The file is cut off or damaged inside {message.Name}"); }

            var number = tag >> 3;
            if (number > WireMessage.MaxField || message[(int)number] is not { } field) { return Refuse(depth, $"{message.Name} has no field {number} in the versions of ONNX known here"); }

            var index = counts[(int)number]++;
            _trail[depth] = (field.Name, field.Many ? index : -1);
            if (index > 0 && !field.Many) { return Refuse(depth + 1, "The field is there twice"); }

            if (field.Choice && chosen) { return Refuse(depth + 1, $"{message.Name} has two fields of which only one may be there"); }

            chosen |= field.Choice;
            if (!Value(field, (int)(tag & 7), end, depth + 1, graphs)) { return false; }
        }

        return true;
    }

    private bool Value(WireField field, int form, int end, int depth, int graphs)
    {
        if (field.Kind == WireKind.Refused) { return Refuse(depth, field.Reason!); }

        if (form != Counted) { return Single(field, form, end, depth); }

        if (!ReadVarint(end, out var length)) { return Refuse(depth, "The file is cut off or damaged"); }

        if (length > (ulong)(end - _at)) { return Refuse(depth, $"{length} bytes should follow, and {end - _at} do: the file is cut off or damaged"); }

        var stop = _at + (int)length;
        switch (field.Kind)
        {
            case WireKind.Message:
                return Message(field.Message!, stop, depth, graphs);
            case WireKind.Name or WireKind.Text or WireKind.Bytes:
                return Text(field, stop, depth);
            case WireKind.Int64 or WireKind.Code when field.Many:
                while (_at < stop)
                {
                    if (!Single(field, Varint, stop, depth)) { return false; }
                }

                return true;
            case WireKind.Float or WireKind.Double when field.Many:
                var size = field.Kind == WireKind.Float ? sizeof(float) : sizeof(double);
                if (length % (ulong)size != 0) { return Refuse(depth, $"A list of numbers of {size} bytes has {length} bytes"); }

                _at = stop;
                return field.Data || Count((int)length / size, depth);
            default:
                return Refuse(depth, $"The field is a number, and has the form of a list");
        }
    }

    private bool Single(WireField field, int form, int end, int depth)
    {
        switch (field.Kind, form)
        {
            case (WireKind.Int64 or WireKind.Code, Varint):
                if (!ReadVarint(end, out var number)) { return Refuse(depth, "The file is cut off or damaged inside a number"); }

                if (field.Kind == WireKind.Code && number > int.MaxValue) { return Refuse(depth, $"{number} is outside 0 to {int.MaxValue}"); }

                break;
            case (WireKind.Float, Fixed32) when end - _at >= sizeof(float):
                _at += sizeof(float);
                break;
            case (WireKind.Double, Fixed64) when end - _at >= sizeof(double):
                _at += sizeof(double);
                break;
            case (WireKind.Float, Fixed32) or (WireKind.Double, Fixed64):
                return Refuse(depth, "The file is cut off or damaged inside a number");
            default:
                return Refuse(depth, $"The field has form {form} of protobuf, which is not its own");
        }

        // Numbers of variable length may take eight times their bytes in memory; the others are bounded by the file.
        return !field.Many || (field.Data && field.Kind != WireKind.Int64) || Count(1, depth);
    }

    private bool Text(WireField field, int stop, int depth)
    {
        var text = _file[_at..stop];
        if (field.Kind != WireKind.Bytes)
        {
            if (!Utf8.IsValid(text) || text.Contains((byte)0)) { return Refuse(depth, "The text is not UTF-8, or holds NUL"); }

            if (field.Kind == WireKind.Name && text.Length > limits.NameBytes) { return Refuse(depth, $"The name has {text.Length} bytes; at most {limits.NameBytes} are allowed"); }
        }

        _at = stop;
        return !field.Many || ++_messages <= limits.Messages || Refuse(depth, $"The file has more than {limits.Messages} messages.");
    }

    private bool Count(int numbers, int depth) =>
        (_numbers += numbers) is >= 0 and var total && total <= limits.Numbers || Refuse(depth, $"The file has more than {limits.Numbers} numbers in lists; keep the data of tensors in raw_data.");

    /// <summary>At most ten bytes of seven bits, the last of which may hold one.</summary>
    private bool ReadVarint(int end, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at >= end) { return false; }

            var next = _file[_at++];
            if (shift == 63 && next > 1) { return false; }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) { return true; }
        }

        return false;
    }

    private bool Refuse(int depth, string message)
    {
        var place = new StringBuilder();
        foreach (var (name, index) in _trail.AsSpan(0, depth))
        {
            place.Append(place.Length == 0 ? "" : ".").Append(name);
            if (index >= 0) { place.Append('[').Append(index).Append(']'); }
        }

        _fault = new OnnxFileFault(place.ToString(), message.EndsWith('.') ? message : $"{message} (byte {_at}).");
        return false;
    }
}
