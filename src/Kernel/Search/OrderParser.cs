namespace Slipway.Kernel.Search;

/// <summary>Orders in MLflow's words: <c>metrics.loss ASC</c>, <c>attributes.start_time DESC</c>; ascending when nothing is said.</summary>
public static class OrderParser
{
    private const int MaxOrders = 10;

    /// <returns>The orders; none when nothing is said.</returns>
    public static Result<IReadOnlyList<Order>> Parse(IReadOnlyList<string> orderBy, SearchFields fields)
    {
        if (orderBy.Count > MaxOrders) { return Invalid($"order_by has {orderBy.Count} entries; at most {MaxOrders} are used."); }

        var orders = new List<Order>(orderBy.Count);
        foreach (var clause in orderBy)
        {
            if (One(clause, fields).Fails(out var problem, out var order)) { return problem; }

            if (orders.Exists(other => other.Field == order.Field))
            {
                return Invalid($"`order_by` contains duplicate fields: [{string.Join(", ", orderBy.Select(text => $"'{text}'"))}]");
            }

            orders.Add(order);
        }

        return orders;
    }

    private static Result<Order> One(string clause, SearchFields fields)
    {
        var lexer = new FilterLexer(clause);
        if (!lexer.TryIdentifier(out var prefix, out var key)) { return Invalid($"Invalid order_by clause '{clause}'. Could not be parsed."); }

        if (fields.OrderKeys is not null && (prefix is not null || fields.Attribute(key, toOrder: true) is null))
        {
            return Invalid($"Invalid order by key '{clause.Split(' ')[0]}' specified. Valid keys are {fields.ValidOrderKeys}");
        }

        if (FilterParser.FieldOf(prefix, key, fields, toOrder: true).Fails(out var problem, out var field)) { return problem with { Field = "order_by" }; }

        var descending = lexer.TryWord("DESC");
        if (!descending) { lexer.TryWord("ASC"); }

        return !lexer.AtEnd || field.Kind == FieldKind.Dataset || (field.Kind == FieldKind.Tag && !fields.OrdersByTag)
            ? Invalid($"Invalid ordering key in order_by clause '{clause}'.")
            : new Order(field, descending);
    }

    private static Problem Invalid(string detail) => Problem.Invalid("order_by", detail);
}
