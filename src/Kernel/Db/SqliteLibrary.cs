using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Slipway.Kernel;

/// <summary>
/// Takes the system's libsqlite3 where there is one: the bundled 3.35.5 is built without usleep, so that each wait for the WAL lasts a whole second.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(Load);

    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        Batteries_V2.Init();
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != "e_sqlite3") { return 0; }

        foreach (var candidate in (string[])["libsqlite3.so.0", "libsqlite3.so", "libsqlite3.dylib"])
        {
            if (NativeLibrary.TryLoad(candidate, out var handle)) { return handle; }
        }

        return 0;
    }
}
