using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace ChatOpsCampaigns.WarmProgram;

/// <summary>
/// The lives of the program in this process. Orders come a line each: <c>7 ["--Data:Folder","/tmp/x"]</c> begins life 7, <c>7</c> asks it to end.
/// What a life writes goes out as <c>7|text</c>, and its exit code as <c>7!0</c>. Without more orders the process ends, and all lives with it.
/// </summary>
internal static class Lives
{
    private const string Program = "ChatOpsCampaigns.Bot";

    /// <summary>As the shell tells of a process that was aborted.</summary>
    private const int Crashed = 134;

    /// <summary>SQLite holds a thread while it waits, and many programs share them here.</summary>
    private const int Threads = 64;

    private static readonly ConcurrentDictionary<int, Life> Known = new();

    public static void Serve(TextReader orders, TextWriter told)
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        var begin = Assembly.Load(Program).EntryPoint ?? throw new InvalidOperationException($"{Program} has no beginning.");
        var words = new LifeWords(told);
        Console.SetOut(words);
        Console.SetError(words);
        using var hosts = BuiltHosts.Watch();
        while (orders.ReadLine() is { } order)
        {
            var parts = order.Split(' ', 2);
            var number = int.Parse(parts[0], CultureInfo.InvariantCulture);
            if (parts.Length == 1)
                Known.GetValueOrDefault(number)?.AskToEnd();
            else
                Begin(new Life(number), begin, JsonSerializer.Deserialize<string[]>(parts[1])!, words);
        }
    }

    private static void Begin(Life life, MethodInfo begin, string[] arguments, LifeWords words)
    {
        Known[life.Number] = life;
        new Thread(() => Live(life, begin, arguments, words)) { IsBackground = true, Name = $"Life {life.Number}" }.Start();
    }

    private static void Live(Life life, MethodInfo begin, string[] arguments, LifeWords words)
    {
        Life.Current.Value = life;
        var code = Crashed;
        try
        {
            code = (int)begin.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], CultureInfo.InvariantCulture)!;
        }
#pragma warning disable CA1031 // A life that crashes ends alone, as its process would.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            words.WriteLine($"Unhandled exception. {fault}");
        }

        Known.TryRemove(life.Number, out _);
        words.End(life, code);
    }
}
