using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOpsCampaigns.Bot.Start;

namespace ChatOpsCampaigns.Bot.Checkup;

/// <summary><c>doctor [--json]</c>: looks at everything that the bot needs and changes nothing, also beside a bot that runs. 1 when something is broken.</summary>
internal static class DoctorReport
{
    private const int Broken = 1;

    private static readonly JsonSerializerOptions Written = new() { DefaultIgnoreCondition = JsonIgnoreCondition.Never, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> WriteAsync(IConfiguration configuration, IHostEnvironment environment, TextWriter output, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var finding in Doctor.LookAsync(configuration, environment, cancellationToken))
            findings.Add(finding);

        await output.WriteLineAsync(configuration.GetValue<bool>("json") ? Json(findings) : Text(findings));
        return findings.Any(finding => finding.Standing == Standing.Fail) ? Broken : 0;
    }

    private static string Json(IEnumerable<Finding> findings) => JsonSerializer.Serialize(
        new
        {
            doctor = findings.Select(finding => new
            {
                check = finding.Check,
                ok = finding.Standing != Standing.Fail,
                standing = Word(finding.Standing),
                says = finding.Says,
                repair = finding.Repair,
            }),
        },
        Written);

    private static string Text(IReadOnlyCollection<Finding> findings)
    {
        var lines = findings.Select(finding => $"{Word(finding.Standing),-4}  {finding.Check}: {finding.Says}{(finding.Repair is { } repair ? $"\n      → {repair}" : "")}");
        var (fail, warn) = (findings.Count(finding => finding.Standing == Standing.Fail), findings.Count(finding => finding.Standing == Standing.Warn));
        var verdict = (fail, warn) switch
        {
            (0, 0) => "Everything is as it should be.",
            (0, _) => $"Nothing is broken; {warn} to look at.",
            _ => $"{fail} broken, {warn} to look at.",
        };
        return string.Join('\n', [.. lines, "", verdict]);
    }

    private static string Word(Standing standing) => standing.ToString().ToLowerInvariant();
}
