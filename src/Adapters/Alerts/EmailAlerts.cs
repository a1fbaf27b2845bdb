using ChatOpsCampaigns.Automation.Alerts;
using ChatOpsCampaigns.Automation.Values;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace ChatOpsCampaigns.Adapters.Alerts;

/// <summary>Section <c>Alerts:Email</c>. Without a host there is no mail.</summary>
public sealed record EmailSettings
{
    public string? Host { get; init; }

    /// <value>587 by default; 1 to 65535.</value>
    public int Port { get; init; } = 587;

    public string From { get; init; } = "";

    /// <summary>Who gets them, separated by commas.</summary>
    public string To { get; init; } = "";

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>False only for a server on this machine.</summary>
    public bool UseTls { get; init; } = true;

    /// <summary>Why these settings cannot be used, or null.</summary>
    public string? Problem() => Host is null or ""
        ? From.Length + To.Length + (User ?? "").Length + (Password ?? "").Length == 0
            ? null
            : "Alerts:Email:Host is not set and others of Alerts:Email are, so no mail would leave; name the mail server, for example smtp.example.com, or leave them all out."
        : Port is < 1 or > 65535
            ? $"Alerts:Email:Port is {Port}; it has to be from 1 to 65535."
            : !IsAddress(From)
                ? $"Alerts:Email:From is \"{From}\"; write an address such as campaigns@example.com."
                : !To.Split(',').All(IsAddress)
                    ? $"Alerts:Email:To is \"{To}\"; write one or more addresses, separated by commas."
                    : null;

    private static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal);
}

/// <summary>Alerts by mail. The receipt says what the mail server said; a secret never.</summary>
internal sealed class EmailAlerts(EmailSettings settings, IChatPlace place, TimeProvider machine) : IAlertChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Name => "email";

    public bool IsSetUp => !string.IsNullOrEmpty(settings.Host);

    public async Task<AlertAnswer> SendAsync(AlertMessage alerts, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync(settings.Host!, settings.Port, settings.UseTls ? SecureSocketOptions.Auto : SecureSocketOptions.None, either.Token);
            if (settings.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", either.Token);

            var answer = await client.SendAsync(Message(alerts), either.Token);
            await client.DisconnectAsync(true, either.Token);
            return new AlertAnswer(true, "accepted by the mail server", WithoutSecret(answer));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AlertAnswer(false, $"the mail server did not answer within {Patience.TotalSeconds:0} s");
        }
        catch (AuthenticationException)
        {
            return new AlertAnswer(false, "the mail server refused the user or password");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new AlertAnswer(false, $"the mail server: {WithoutSecret(fault.Message)}");
        }
    }

    private string WithoutSecret(string said) => Secrets.Hide(said, settings.Password, settings.User ?? "");

    private MimeMessage Message(AlertMessage alerts)
    {
        var message = new MimeMessage { Subject = $"[{alerts.Severity}] {alerts.Title}", Date = alerts.At };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.AddRange(InternetAddressList.Parse(settings.To));
        // The same message twice is one for whoever sorts by id.
        message.MessageId = Id(alerts.Key);
        // What is told again about an incident stands under what was told of it first.
        foreach (var incident in alerts.Alerts.Select(alert => alert.Incident).OfType<IncidentId>())
            message.References.Add(Id($"incident/{incident}"));

        message.Body = new TextPart("plain") { Text = $"{alerts.Title}\n\n{alerts.Text}{(alerts.AsksForAnAnswer ? $"\n\nAnswer in the chat: ack, resume, roll back or why.{Links(alerts)}" : "")}" };
        return message;
    }

    /// <summary>One line for each incident.</summary>
    private string Links(AlertMessage alerts) => string.Concat(alerts.Alerts
        .Where(alert => alert.Handle is not null)
        .Select(alert => place.Address(alert.Handle) is { } address ? $"\n{alert.Handle}: {address}" : ""));

    private static string Id(string key) => $"{key.Replace('/', '.')}@campaigns.local";
}
