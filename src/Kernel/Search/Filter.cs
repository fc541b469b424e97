namespace Slipway.Kernel.Search;

/// <summary>
/// What a filter asks: clauses joined by AND, OR and NOT. There are two answers, yes and no: a clause about something that is missing does not hold, and NOT turns that into yes.
/// </summary>
public abstract record Filter
{
    /// <summary>Asks nothing; everything meets it.</summary>
    public static readonly Filter Everything = new AllFilter([]);

    /// <summary>The clauses that every match meets by itself: those joined by AND at the top.</summary>
    public virtual IEnumerable<Condition> Together => [];

    /// <summary>True when a clause of this kind stands anywhere in the filter.</summary>
    public abstract bool Mentions(Predicate<Condition> kind);

    /// <param name="clause">One clause as SQL that is true for what meets it; fresh for each call.</param>
    public abstract Sql ToSql(Func<Condition, Sql> clause);

    /// <summary><c>AND (…)</c>, or nothing when nothing is asked.</summary>
    public Sql AndSql(Func<Condition, Sql> clause) => ReferenceEquals(this, Everything) ? Sql.Empty : $" AND {ToSql(clause)}";
}

/// <summary>One clause.</summary>
public sealed record ClauseFilter(Condition Condition) : Filter
{
    public override IEnumerable<Condition> Together => [Condition];

    public override bool Mentions(Predicate<Condition> kind) => kind(Condition);

    public override Sql ToSql(Func<Condition, Sql> clause) => $"({clause(Condition)})";
}

/// <summary>AND.</summary>
public sealed record AllFilter(IReadOnlyList<Filter> Parts) : Filter
{
    public override IEnumerable<Condition> Together => Parts.SelectMany(part => part.Together);

    public override bool Mentions(Predicate<Condition> kind) => Parts.Any(part => part.Mentions(kind));

    public override Sql ToSql(Func<Condition, Sql> clause) => Parts.Count == 0 ? $"1 = 1" : JoinedFilter.Sql(Parts, " AND ", clause);
}

/// <summary>OR, of at least two parts.</summary>
public sealed record AnyFilter(IReadOnlyList<Filter> Parts) : Filter
{
    public override bool Mentions(Predicate<Condition> kind) => Parts.Any(part => part.Mentions(kind));

    public override Sql ToSql(Func<Condition, Sql> clause) => JoinedFilter.Sql(Parts, " OR ", clause);
}

/// <summary>NOT.</summary>
public sealed record NotFilter(Filter Part) : Filter
{
    public override bool Mentions(Predicate<Condition> kind) => Part.Mentions(kind);

    // Not the NOT of SQL, for which a comparison with NULL is neither true nor false.
    public override Sql ToSql(Func<Condition, Sql> clause) => $"({Part.ToSql(clause)} IS NOT TRUE)";
}

file static class JoinedFilter
{
    public static Sql Sql(IReadOnlyList<Filter> parts, string word, Func<Condition, Sql> clause)
    {
        Sql all = $"(";
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) { all.AppendLiteral(word); }

            all.AppendFormatted(parts[i].ToSql(clause));
        }

        all.AppendLiteral(")");
        return all;
    }
}
