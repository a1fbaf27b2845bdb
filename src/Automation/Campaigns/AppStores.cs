namespace ChatOpsCampaigns.Automation.Campaigns;

/// <summary>The two stores that apps come from, and the systems they stand for.</summary>
public static class AppStores
{
    /// <summary>The system whose store an address belongs to, or null for any other address.</summary>
    public static DeviceOs? OsOf(Uri address) => address.Host switch
    {
        "apps.apple.com" or "itunes.apple.com" => DeviceOs.Ios,
        "play.google.com" => DeviceOs.Android,
        _ => null,
    };

    public static string StoreName(DeviceOs os) => os == DeviceOs.Ios ? "App Store" : "Play Store";

    public static string OsName(DeviceOs os) => os == DeviceOs.Ios ? "iOS" : "Android";
}
