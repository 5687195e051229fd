namespace Connector.Cli.Tests;

/// <summary>Which files a folder means is one rule for every verb.</summary>
public sealed class YamlFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public YamlFilesTests()
    {
        foreach (var file in new[] { "in/b.yaml", "in/A.YML", "in/sub/c.yml", "in/data.json", "in/c.yamlx", "in/x.policytest.yaml", "in/sub/Y.PolicyTest.yml", "in/.hidden.yaml", "in/.git/d.yaml", "out/e.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Sub(file))!);
            _folder.Write(file, "kind: Policy");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_a_folder_all_yaml_counts_but_tests_and_what_is_hidden()
    {
        Assert.Equal(["A.YML", "b.yaml", "sub/c.yml"], Documents("in"));
        Assert.Equal(["sub/Y.PolicyTest.yml", "x.policytest.yaml"], Shown(YamlFiles.Tests(_folder.Sub("in"))));
    }

    [Fact]
    public void A_file_that_is_named_counts_whatever_its_name() =>
        Assert.Equal([".hidden.yaml", "x.policytest.yaml", "data.json"], Documents("in/.hidden.yaml", "in/x.policytest.yaml", "in/data.json"));

    [Fact]
    public void Links_are_followed_and_what_several_lead_to_counts_once()
    {
        File.CreateSymbolicLink(_folder.Sub("in/z.yaml"), "b.yaml");
        Directory.CreateSymbolicLink(_folder.Sub("in/twice"), "sub");
        Directory.CreateSymbolicLink(_folder.Sub("in/other"), "../out");
        Directory.CreateSymbolicLink(_folder.Sub("in/sub/round"), "..");
        Directory.CreateSymbolicLink(_folder.Sub("link"), "in");

        Assert.Equal(["A.YML", "b.yaml", "other/e.yaml", "sub/c.yml"], Documents("in"));
        Assert.Equal(["A.YML", "b.yaml", "other/e.yaml", "sub/c.yml"], Documents("in", "link", "out", "in/b.yaml", "in/z.yaml"));
        Assert.Equal(["sub/Y.PolicyTest.yml", "x.policytest.yaml"], Shown(YamlFiles.Tests(_folder.Sub("in"))));
    }

    [Fact]
    public void A_folder_as_a_cluster_mounts_it_counts_once()
    {
        Directory.CreateDirectory(_folder.Sub("mounted/..2026_11_26"));
        _folder.Write("mounted/..2026_11_26/a.yaml", "kind: Policy");
        Directory.CreateSymbolicLink(_folder.Sub("mounted/..data"), "..2026_11_26");
        File.CreateSymbolicLink(_folder.Sub("mounted/a.yaml"), "..data/a.yaml");

        Assert.Equal([_folder.Sub("mounted/a.yaml")], YamlFiles.Documents(_folder.Sub("mounted")));
    }

    [Fact]
    public void A_link_that_leads_nowhere_or_back_to_itself_is_named()
    {
        File.CreateSymbolicLink(_folder.Sub("in/gone.yaml"), "not-there.yaml");
        Assert.Equal($"{_folder.Sub("in/gone.yaml")} is a link that leads nowhere", Assert.Throws<Failure>(() => Documents("in")).Message);

        File.Delete(_folder.Sub("in/gone.yaml"));
        File.CreateSymbolicLink(_folder.Sub("in/self.yaml"), "self.yaml");
        Assert.Equal($"{_folder.Sub("in/self.yaml")} is a link that leads back to itself", Assert.Throws<Failure>(() => Documents("in")).Message);
    }

    [Fact]
    public async Task Lint_reads_what_links_lead_to_twice_once()
    {
        Directory.CreateDirectory(_folder.Sub("policies"));
        _folder.Write("policies/one.yaml", "apiVersion: connector/v1\nkind: Policy\nname: one\npermit: [ { action: use } ]\n");
        Directory.CreateSymbolicLink(_folder.Sub("policies/again"), ".");
        _folder.Write("policies/one.policytest.yml", "policy: one\ncases: [ { name: it permits, expect: permit } ]\n");

        var lint = await ShellRun.Of("policy", "lint", _folder.Sub("policies"));
        var test = await ShellRun.Of("policy", "test", _folder.Sub("policies"));

        Assert.StartsWith("1 policies read, 0 errors", lint.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Contains("1 passed, 0 failed", test.Output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Documents(params string[] paths) => Shown(YamlFiles.Documents(paths.Select(_folder.Sub)));

    private IEnumerable<string> Shown(IEnumerable<string> files) => files.Select(file => Path.GetRelativePath(_folder.Sub("in"), file));
}
