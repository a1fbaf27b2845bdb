using ChatOpsCampaigns.WarmProgram;

#pragma warning disable CA1050, CA1812 // The runtime looks for exactly this name, without a namespace.
/// <summary>
/// Runs inside the real program when <c>DOTNET_STARTUP_HOOKS</c> names this assembly, before its beginning, and never returns: from then on the
/// process runs the program as often as it is asked to. What a first start compiles is there for the next, which costs a tenth of it.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        // Not for the programs that the program starts.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        Lives.Serve(Console.In, Console.Out);
        Environment.Exit(0);
    }
}
