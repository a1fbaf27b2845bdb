using System.Reflection;
using System.Runtime.CompilerServices;

namespace ChatOpsCampaigns.Architecture.Tests;

/// <summary>The four assemblies and the repository they are built from.</summary>
internal static class Houses
{
    public static readonly Assembly Automation = typeof(Automation.Values.Money).Assembly;
    public static readonly Assembly Dialogs = typeof(Dialogs.Chat.ChatDesk).Assembly;
    public static readonly Assembly Adapters = typeof(Adapters.DataFolder).Assembly;
    public static readonly Assembly Bot = Assembly.Load("ChatOpsCampaigns.Bot");

    public static readonly IReadOnlyList<Assembly> All = [Automation, Dialogs, Adapters, Bot];

    public static readonly string Root = FindRoot();

    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.Name.Contains('<') && type.Namespace?.StartsWith("ChatOps", StringComparison.Ordinal) == true);

    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
