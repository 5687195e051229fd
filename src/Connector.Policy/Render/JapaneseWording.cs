using System.Collections.Immutable;
using System.Globalization;

namespace Connector.Policies.Render;

internal sealed class JapaneseWording(Vocabulary vocabulary) : Wording(vocabulary)
{
    private static readonly string[] s_units = ["年", "か月", "日", "時間", "分", "秒"];

    public override string Preamble => "本書で明示的に許可されていない行為は、すべて拒否されます。禁止は許可に優先します。事実を確認できない条件は、満たされたものとはみなしません。";

    public override string Then => "この場合、受領者は次の義務を負います。";

    public override string Remedy => "これに違反した場合、受領者は次の義務を負います。";

    public override string First => "（提供者がその履行を記録するまで、データは提供されません）";

    public override string Otherwise => "これを履行しない場合は、次の義務を負います。";

    public override string Signature => "承認者：＿＿＿＿＿＿＿＿＿＿　　承認日：＿＿＿＿＿＿＿＿＿＿";

    public override string Heading(string? title, string name) => title is null ? name : $"{title}（{name}）";

    public override string Permit(int clause, string action, int conditions) => string.Create(CultureInfo.InvariantCulture, $"第{clause}条（許可）　") + conditions switch
    {
        0 => $"受領者は、条件なしに{Noun(action)}ことができます。",
        1 => $"次の条件を満たす場合に限り、受領者は{Noun(action)}ことができます。",
        _ => $"次の条件をすべて満たす場合に限り、受領者は{Noun(action)}ことができます。",
    };

    public override string Forbid(int clause, string action, int conditions) => string.Create(CultureInfo.InvariantCulture, $"第{clause}条（禁止）　") + conditions switch
    {
        0 => $"受領者は、いかなる場合も{Noun(action)}ことはできません。",
        1 => $"次の条件に該当する場合、受領者は{Noun(action)}ことはできません。",
        _ => $"次の条件のすべてに該当する場合、受領者は{Noun(action)}ことはできません。",
    };

    public override string Oblige(int clause) => string.Create(CultureInfo.InvariantCulture, $"第{clause}条（義務）　受領者は、いかなる場合も次の義務を負います。");

    public override string Profiles(ImmutableArray<string> profiles) => $"用語は、次のプロファイルの定義に従います：{string.Join("、", profiles)}";

    public override string Together(LogicalOperator op) => op switch
    {
        LogicalOperator.Or => "次のうち少なくとも一つを満たすこと",
        LogicalOperator.Xone => "次のうちいずれか一つのみを満たすこと",
        LogicalOperator.AndSequence => "次のすべてを、この順序で満たすこと",
        _ => "次のすべてを満たすこと",
    };

    public override string Condition(AtomicConstraint atom)
    {
        var operand = OperandOf(atom);
        var sentence = $"{Names.Japanese(operand)}が{Predicate(operand, atom)}こと";
        return operand.Points.Count == 0 ? $"{sentence}（契約上の合意事項であり、システムによる検証は行われません）" : sentence;
    }

    public override string Duty(Duty duty)
    {
        var (within, after, ahead, by) = Bounds(duty);
        var span = within is null ? "" : $"{Span(within.Values[0])}{(within.Operator == ConstraintOperator.Lt ? "未満のうちに" : "以内に")}";
        string[] bounds =
        [
            after is null ? span : $"{Event(after.Values[0])}{(within is null ? "の後に" : $"から{span}")}",
            ahead is null ? "" : $"{Event(ahead.Values[0])}より前に",
            by is null ? "" : $"{Instant(by.Values[0])}{(by.Operator == ConstraintOperator.Lt ? "より前に" : "までに")}",
        ];
        var time = string.Join("、かつ", bounds.Where(bound => bound.Length > 0));
        var further = string.Join("、", Further(duty).Select(Condition));
        return $"{time}{Noun(duty.Action)}こと{(further.Length > 0 ? $"（{further}）" : "")}";
    }

    private static string Noun(string action) => action switch
    {
        "use" => "データを利用する",
        "delete" => "データを削除する",
        "anonymize" => "データを匿名化する",
        "inform" => "提供者に通知する",
        "attribute" => "データの出典を明示する",
        "compensate" => "データの対価を支払う",
        Actions.Access => "データの存在を知る",
        "obtainConsent" => "同意を得る",
        "nextPolicy" => "次の受領者にも同じ条件を課す",
        "reviewPolicy" => "本条件を見直す",
        "distribute" => "データを第三者に配布する",
        "transfer" => "データを第三者に移転する",
        "give" => "データを譲渡する",
        "sell" => "データを販売する",
        "aggregate" => "データを集計する",
        "archive" => "データを保管する",
        "derive" => "派生データを作成する",
        "modify" => "データを改変する",
        "read" => "データを閲覧する",
        "reproduce" => "データを複製する",
        "translate" => "データを翻訳する",
        "print" => "データを印刷する",
        "display" or "present" => "データを表示する",
        "extract" => "データを抽出する",
        "index" => "データを索引化する",
        "move" => "データを移動する",
        "transform" => "データの形式を変換する",
        "watermark" => "データに電子透かしを入れる",
        _ => $"データに対し「{action}」の行為をする",
    };

    private static string Predicate(Operand operand, AtomicConstraint atom)
    {
        var value = Value(operand, atom.Values[0]);
        var list = string.Concat(atom.Values.Select(v => Value(operand, v)).Select((v, i) => i == 0 ? v : $"、{v}"));
        return atom.Operator switch
        {
            ConstraintOperator.Lt => operand.Type == OperandType.Instant ? $"{value}より前である" : $"{value}未満である",
            ConstraintOperator.Lteq => operand.Type == OperandType.Instant ? $"{value}またはそれ以前である" : $"{value}以内である",
            ConstraintOperator.Gt => operand.Type == OperandType.Instant ? $"{value}より後である" : $"{value}を超える",
            ConstraintOperator.Gteq => operand.Type == OperandType.Instant ? $"{value}またはそれ以降である" : $"{value}以上である",
            ConstraintOperator.Neq => $"{value}ではない",
            ConstraintOperator.IsAnyOf when atom.Values.Length > 1 => $"{list}のいずれかである",
            ConstraintOperator.IsNoneOf => atom.Values.Length > 1 ? $"{list}のいずれでもない" : $"{value}ではない",
            ConstraintOperator.IsAllOf => $"{list}をすべて含む",
            ConstraintOperator.IsA => $"{value}に属する",
            ConstraintOperator.IsPartOf => $"{value}に含まれる",
            ConstraintOperator.HasPart => $"{value}を含む",
            _ => $"{value}である",
        };
    }

    private static string Value(Operand operand, string value) => operand.Type switch
    {
        OperandType.Instant => Instant(value),
        OperandType.Duration => Span(value),
        _ => operand.Iri == Operands.Purpose && Names.Purpose(value) is { } purpose ? $"「{purpose.Japanese}」［{value}］{Including(value)}" : $"「{value}」",
    };

    private static string Including(string purpose) => string.Join("、", Names.PurposesBeneath(purpose).Select(p => p.Japanese)) is { Length: > 0 } names ? $"（{names}を含む）" : "";

    private static string Instant(string text) => Spans.TryInstant(text, out var at)
        ? at.ToString(at.Second == 0 ? "yyyy'年'M'月'd'日'H'時'mm'分（UTC'zzz'）'" : "yyyy'年'M'月'd'日'H'時'mm'分'ss'秒（UTC'zzz'）'", CultureInfo.InvariantCulture)
        : text;

    private static string Span(string duration) => string.Concat(Parts(duration).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count}{s_units[p.Unit]}")));

    private static string Event(string name) => name switch
    {
        "agreementEnd" => "契約の終了",
        "agreementStart" or "agreement" => "契約の締結",
        "transferEnd" => "転送の終了",
        "use" or "firstUse" => "最初の利用",
        _ => $"事象「{name}」",
    };
}
