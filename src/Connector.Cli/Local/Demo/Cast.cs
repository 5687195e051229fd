namespace Connector.Cli.Local.Demo;

/// <summary>A company of the story.</summary>
/// <param name="Word">Its short name: folder, peer name and the name the story calls it.</param>
/// <param name="Id">Its DID.</param>
/// <param name="Name">Its full name.</param>
/// <param name="CorporateNumber">Its (fictitious) corporate number, with a correct check digit.</param>
/// <param name="IsMember">Whether the others vouch for its membership in the data space.</param>
internal sealed record Cast(string Word, string Id, string Name, string CorporateNumber, bool IsMember)
{
    public const string Supplier = "supplier";
    public const string Battery = "battery";
    public const string Outsider = "outsider";

    public static Cast CathodeSupplier { get; } = new(Supplier, "did:web:cathode.example.jp", "Example Cathode Materials K.K.", "8999999999901", IsMember: true);

    public static Cast BatteryMaker { get; } = new(Battery, "did:web:battery.example.jp", "Example Battery K.K.", "7999999999902", IsMember: true);

    public static Cast OutsideCompany { get; } = new(Outsider, "did:web:outsider.example.com", "Example Outsider Inc.", "5999999999904", IsMember: false);
}
