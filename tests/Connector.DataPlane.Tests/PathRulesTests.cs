using Connector.DataPlane.Manifests;

namespace Connector.DataPlane.Tests;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a.csv")]
    [InlineData("a/b/c.csv")]
    [InlineData(".hidden")]
    [InlineData("...")]
    [InlineData("a..b/c.")]
    [InlineData("2026-11-24T09:00:00Z.csv")]
    [InlineData("1:x")]
    [InlineData("ü:x")]
    [InlineData("[:x")]
    [InlineData("@:x")]
    [InlineData("`:x")]
    [InlineData("{:x")]
    [InlineData(":")]
    [InlineData("ab:")]
    [InlineData("炭素 足跡.csv")]
    public void A_relative_path_of_plain_names_holds(string path) => Assert.Null(PathRules.Fault(path, onWindows: false));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/", "is absolute")]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("C:", "is absolute")]
    [InlineData("a:x", "is absolute")]
    [InlineData("A:/x", "is absolute")]
    [InlineData("Z:/x", "is absolute")]
    [InlineData("z:/x", "is absolute")]
    [InlineData("a\\b", "holds a backslash or a control character")]
    [InlineData("a\nb", "holds a backslash or a control character")]
    [InlineData("a\u007f", "holds a backslash or a control character")]
    [InlineData("a//b", "holds an empty part, '.' or '..'")]
    [InlineData("a/", "holds an empty part, '.' or '..'")]
    [InlineData(".", "holds an empty part, '.' or '..'")]
    [InlineData("..", "holds an empty part, '.' or '..'")]
    [InlineData("a/./b", "holds an empty part, '.' or '..'")]
    [InlineData("a/../../b", "holds an empty part, '.' or '..'")]
    public void A_path_that_means_another_file_somewhere_does_not_and_the_fault_says_why(string path, string why) => Assert.Equal(why, PathRules.Fault(path));

    [Theory]
    [InlineData("CON")]
    [InlineData("nul")]
    [InlineData("Aux.csv")]
    [InlineData("a/PRN.tar.gz/b")]
    [InlineData("com1")]
    [InlineData("LPT9.txt")]
    [InlineData("COM0")]
    [InlineData("lpt³")]
    [InlineData("NUL .txt")]
    [InlineData("conin$")]
    [InlineData("CONOUT$")]
    [InlineData("a.csv:stream")]
    [InlineData("1:x")]
    [InlineData(":")]
    [InlineData("a.csv::$DATA")]
    [InlineData("2026-11-24T09:00:00Z.csv")]
    [InlineData("a?")]
    [InlineData("*")]
    [InlineData("a<b")]
    [InlineData("a>b")]
    [InlineData("a|b")]
    [InlineData("\"a\"")]
    [InlineData("a.")]
    [InlineData("...")]
    [InlineData("a ")]
    [InlineData("a /b")]
    [InlineData("a..b/c.")]
    public void A_name_that_Windows_takes_otherwise_holds_anywhere_but_there(string path)
    {
        Assert.Null(PathRules.Fault(path, onWindows: false));
        Assert.Equal("holds a part that Windows takes otherwise: a device such as NUL, one of <>:\"|?*, or '.' or ' ' at its end", PathRules.Fault(path, onWindows: true));
    }

    [Theory]
    [InlineData("CONTRACT.csv")]
    [InlineData("COM10")]
    [InlineData("COM")]
    [InlineData("a.CON")]
    [InlineData("a/nulls/b")]
    [InlineData(" a")]
    [InlineData(".hidden")]
    [InlineData("a..b/c d.csv")]
    [InlineData("炭素 足跡.csv")]
    [InlineData("{a}, (b) & 'c'; 100 % = $1~!@#^+[]")]
    public void A_name_that_Windows_takes_as_it_is_holds_there_too(string path) => Assert.Null(PathRules.Fault(path, onWindows: true));

    [Fact]
    public void What_this_system_takes_otherwise_is_asked_of_this_system() =>
        Assert.Equal(PathRules.Fault("CON", OperatingSystem.IsWindows()), PathRules.Fault("CON"));

    [Fact]
    public void A_path_is_at_most_1024_bytes_in_parts_of_at_most_255()
    {
        var part = new string('a', 255);
        var kana = string.Concat(Enumerable.Repeat("炭", 85)); // three bytes each
        var longest = $"{part}/{kana}/{part}/{part}/";

        Assert.Null(PathRules.Fault(longest[..^1]));
        Assert.Null(PathRules.Fault($"{part}/{kana}/{part}/{part[1..]}/b"));
        Assert.Equal("is longer than 1024 bytes, or not valid Unicode", PathRules.Fault(longest + "b"));
        Assert.Equal("is longer than 1024 bytes, or not valid Unicode", PathRules.Fault(new string('a', 5000)));
        Assert.Equal("holds a part longer than 255 bytes", PathRules.Fault(part + "a"));
        Assert.Equal("holds a part longer than 255 bytes", PathRules.Fault($"b/{kana}a"));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text() =>
        Assert.Equal("is longer than 1024 bytes, or not valid Unicode", PathRules.Fault("a\ud800"));
}
