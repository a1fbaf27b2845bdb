using System.Globalization;
using Xunit.v3;

namespace ChatOpsCampaigns.Kit;

/// <summary>The rows of <c>tests/checklist.txt</c> that a test proves. Also a trait: <c>--filter-trait Row=82</c> runs what proves row 82.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProvesAttribute(params int[] rows) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. rows.Select(row => KeyValuePair.Create("Row", row.ToString(CultureInfo.InvariantCulture)))];
}
