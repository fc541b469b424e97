namespace Slipway.Kernel.Search;

/// <summary>Reads a filter or an order piece by piece; positions only move forward.</summary>
public ref struct FilterLexer(string text)
{
    private static readonly string[] Signs = [">=", "<=", "!=", "=", ">", "<"];
    private int _at;
    private int _lastFrom;
    private int _lastTo;

    /// <summary>Where the piece that was read last begins, counted from 1.</summary>
    public readonly int LastPlace => _lastFrom + 1;

    /// <summary>The piece that was read last, as it was written; empty before the first.</summary>
    public readonly string Last => text[_lastFrom.._lastTo];

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return _at == text.Length;
        }
    }

    /// <summary>What has not been read.</summary>
    public readonly string Rest => text[_at..].Trim();

    /// <summary>
    /// <c>prefix.key</c>, or a key alone; a key may stand in backticks or double quotes. Bare keys may hold dots, dashes, slashes and colons.
    /// </summary>
    /// <returns>False when no identifier stands here.</returns>
    public bool TryIdentifier(out string? prefix, out string key)
    {
        SkipSpace();
        prefix = null;
        if (TryQuoted('`', out key) || TryQuoted('"', out key)) { return key.Length > 0; }

        var start = _at;
        while (_at < text.Length && IsBare(text[_at])) { _at++; }

        key = text[start.._at];
        if (key.Length > 0) { Took(start); }

        var dot = key.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) { return key.Length > 0; }

        (prefix, key) = (key[..dot], key[(dot + 1)..]);
        if (key.Length > 0) { return true; }

        if (!TryQuoted('`', out key) && !TryQuoted('"', out key)) { return false; }

        Took(start);
        return true;
    }

    public bool TryComparator(out Comparator comparator)
    {
        SkipSpace();
        foreach (var sign in Signs)
        {
            if (!text.AsSpan(_at).StartsWith(sign)) { continue; }

            _at += sign.Length;
            Took(_at - sign.Length);
            comparator = Sign(sign);
            return true;
        }

        if (TryWord("ILIKE")) { return Found(Comparator.ILike, out comparator); }

        if (TryWord("LIKE")) { return Found(Comparator.Like, out comparator); }

        if (TryWord("IN")) { return Found(Comparator.In, out comparator); }

        if (TryWord("NOT")) { return Found(Comparator.NotIn, out comparator) && TryWord("IN"); }

        comparator = default;
        if (!TryWord("IS")) { return false; }

        comparator = TryWord("NOT") ? Comparator.IsNotNull : Comparator.IsNull;
        return TryWord("NULL");
    }

    /// <summary>Text in single or double quotes; a doubled quote stands for itself.</summary>
    public bool TryText(out string value)
    {
        SkipSpace();
        return TryQuoted('\'', out value) || TryQuoted('"', out value);
    }

    /// <summary>Whatever stands here up to a space or comma: a number, or something wrong.</summary>
    public string BareValue()
    {
        SkipSpace();
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (',' or '(' or ')')) { _at++; }

        return text[start.._at];
    }

    public bool TryChar(char wanted)
    {
        SkipSpace();
        if (_at == text.Length || text[_at] != wanted) { return false; }

        _at++;
        Took(_at - 1);
        return true;
    }

    /// <summary>The word in any case, not as the beginning of a longer one.</summary>
    public bool TryWord(string word)
    {
        SkipSpace();
        var end = _at + word.Length;
        if (end > text.Length || !text.AsSpan(_at, word.Length).Equals(word, StringComparison.OrdinalIgnoreCase)) { return false; }

        if (end < text.Length && IsBare(text[end])) { return false; }

        _at = end;
        Took(end - word.Length);
        return true;
    }

    private bool TryQuoted(char quote, out string value)
    {
        value = "";
        if (_at == text.Length || text[_at] != quote) { return false; }

        for (var end = _at + 1; end < text.Length; end++)
        {
            if (text[end] != quote) { continue; }

            if (end + 1 < text.Length && text[end + 1] == quote)
            {
                end++;
                continue;
            }

            value = text[(_at + 1)..end].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
            var start = _at;
            _at = end + 1;
            Took(start);
            return true;
        }

        return false;
    }

    private void Took(int from) => (_lastFrom, _lastTo) = (from, _at);

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) { _at++; }
    }

    private static bool IsBare(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ':';

    private static bool Found(Comparator found, out Comparator comparator)
    {
        comparator = found;
        return true;
    }

    private static Comparator Sign(string sign) => sign switch
    {
        ">=" => Comparator.GreaterOrEqual,
        "<=" => Comparator.LessOrEqual,
        "!=" => Comparator.NotEqual,
        "=" => Comparator.Equal,
        ">" => Comparator.Greater,
        _ => Comparator.Less,
    };
}
