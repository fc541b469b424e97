namespace Slipway.Kernel;

/// <summary>Jobs that one replica at a time may do, taken and renewed in the transaction that does the work.</summary>
public static class Leases
{
    /// <summary>True when <paramref name="holder"/> holds the lease until <paramref name="forMs"/> ms from now; false when another does.</summary>
    public static bool TryTake(WriteTx tx, string name, string holder, long forMs)
    {
        var now = tx.Clock.NowMs();
        return tx.Execute(
            $"""
            INSERT INTO kernel_leases (name, holder, until_ms) VALUES ({name}, {holder}, {now + forMs})
            ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, until_ms = EXCLUDED.until_ms
            WHERE kernel_leases.holder = EXCLUDED.holder OR kernel_leases.until_ms < {now}
            """) == 1;
    }
}
