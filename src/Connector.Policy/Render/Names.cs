namespace Connector.Policies.Render;

/// <summary>How people call the operands and purposes, in both languages. One without a name here is called by its own word.</summary>
internal static class Names
{
    private static readonly Dictionary<string, (string English, string Japanese)> s_operands = new(StringComparer.Ordinal)
    {
        ["participant"] = ("its participant id", "参加者ID"),
        ["membership"] = ("its membership of the data space", "データスペースの会員資格"),
        ["frameworkAgreement"] = ("the framework agreement it has signed", "締結済みの基本契約"),
        ["bpn"] = ("its business partner number", "取引先番号（BPN）"),
        ["bpnGroup"] = ("its business partner group", "取引先グループ"),
        ["corporateNumber"] = ("its corporate number", "法人番号"),
        ["lei"] = ("its LEI", "取引主体識別子（LEI）"),
        ["country"] = ("its country of establishment", "設立国"),
        ["dataLocation"] = ("where the data is kept", "データの保管場所"),
        ["purpose"] = ("the purpose it has declared", "申告した利用目的"),
        ["usagePurpose"] = ("the agreed purpose of use", "合意した利用目的"),
        ["now"] = ("the time", "日時"),
        ["elapsed"] = ("the time since the agreement was signed", "契約締結からの経過時間"),
        ["event"] = ("the event", "事象"),
        ["count"] = ("the number of uses", "利用回数"),
        ["recipient"] = ("whoever receives the result", "結果の受領者"),
        ["delay"] = ("the time waited since the agreement was signed", "契約締結からの待機時間"),
        ["interval"] = ("the time since the last use", "前回の利用からの経過時間"),
        ["channel"] = ("the channel of delivery", "配信経路"),
        ["fileFormat"] = ("the file format", "ファイル形式"),
        ["percentage"] = ("the share of the data, in per cent,", "利用するデータの割合（%）"),
        ["dataUsageEndDate"] = ("the last moment of use", "利用期限"),
        ["dataUsageEndDurationDays"] = ("the number of days of use from signing", "契約締結からの利用可能日数"),
        ["industry"] = ("its industry", "業種"),
        ["language"] = ("the language", "言語"),
        ["spatial"] = ("the place of use", "利用場所"),
        ["system"] = ("the system of use", "利用システム"),
        ["version"] = ("the version", "版"),
        ["contractReference"] = ("the contract that is referred to", "参照する契約"),
        ["liability"] = ("the liability", "責任の範囲"),
        ["warranty"] = ("the warranty", "保証"),
        ["usageRestriction"] = ("the restriction of use", "利用制限"),
        ["precedence"] = ("the contract that takes precedence", "優先する契約"),
        ["dataFrequency"] = ("how often the data is given", "データの提供頻度"),
        ["contractTermination"] = ("what becomes of the data when the contract ends", "契約終了時のデータの取扱い"),
    };

    private static readonly Dictionary<string, (string English, string Japanese)> s_purposes = new(StringComparer.Ordinal)
    {
        ["regulatory-reporting"] = ("reporting to authorities", "規制当局への報告"),
        ["pcf-calculation"] = ("calculating product carbon footprints", "製品カーボンフットプリントの算定"),
        ["cbam-reporting"] = ("reporting under the carbon border adjustment mechanism", "炭素国境調整措置（CBAM）の報告"),
        ["battery-passport"] = ("battery passports", "バッテリーパスポート"),
        ["due-diligence"] = ("supply-chain due diligence", "サプライチェーンのデューデリジェンス"),
        ["quality-management"] = ("quality management", "品質管理"),
        ["quality-notification"] = ("quality notifications", "品質通知"),
        ["traceability"] = ("traceability", "トレーサビリティ"),
        ["incoming-inspection"] = ("incoming inspection", "受入検査"),
        ["supply-planning"] = ("supply planning", "供給計画"),
        ["demand-forecasting"] = ("demand forecasting", "需要予測"),
        ["circular-economy"] = ("the circular economy", "循環経済"),
        ["recycling"] = ("recycling", "リサイクル"),
        ["analytics"] = ("analytics", "データ分析"),
        ["benchmarking"] = ("benchmarking", "ベンチマーク比較"),
        [Purposes.AiTraining] = ("training of AI models", "AIモデルの学習"),
    };

    public static string English(Operand operand) => s_operands.TryGetValue(operand.Word, out var names) ? names.English : operand.Title.GetValueOrDefault("en") ?? (ClaimOf(operand) is { } claim ? $"its claim \"{claim}\"" : operand.Word);

    public static string Japanese(Operand operand) => s_operands.TryGetValue(operand.Word, out var names) ? names.Japanese : operand.Title.GetValueOrDefault("ja") ?? (ClaimOf(operand) is { } claim ? $"クレーム「{claim}」" : $"「{operand.Word}」");

    public static (string English, string Japanese)? Purpose(string purpose) => s_purposes.TryGetValue(purpose, out var names) ? names : null;

    /// <summary>The names of the purposes that a purpose brings along: who signs it signs them too.</summary>
    public static IEnumerable<(string English, string Japanese)> PurposesBeneath(string purpose) => Purposes.All.Beneath(purpose).Select(p => Purpose(p) ?? (p, p));

    private static string? ClaimOf(Operand operand) => operand.Iri.StartsWith(Operands.ClaimPrefix, StringComparison.Ordinal) ? operand.ClaimName : null;
}
