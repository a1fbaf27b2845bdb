namespace ChatOpsCampaigns.Automation.Feed.Reports;

/// <summary>A cell of a table for spreadsheets.</summary>
public static class CsvCell
{
    /// <summary>A cell that a spreadsheet would take for a formula begins with an apostrophe, which shows it as the text that it is.</summary>
    public static string Quoted(string? cell)
    {
        var text = cell ?? "";
        var first = text.TrimStart(' ', '\u00A0').FirstOrDefault();
        var safe = first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
