using System.Reflection;
using System.Xml.Linq;
using Rasp.Readiness.Scoring;

namespace Rasp.Readiness.Tests;

/// <summary>House rules of the core, held by reflection.</summary>
public sealed class House
{
    private static readonly Assembly Readiness = typeof(Scorer).Assembly;
    private static readonly Type[] Public = Readiness.GetExportedTypes();

    [Fact]
    public void Every_public_type_is_a_sealed_class_or_record_a_readonly_struct_an_enum_or_static() => Assert.All(Public, type => Assert.True(
        type.IsEnum || (type.IsClass && type.IsSealed) || (type.IsValueType && type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute))),
        $"{type} can be inherited from or changed"));

    [Fact]
    public void Nothing_public_can_be_changed_once_it_is_made() => Assert.All(Public, type =>
    {
        Assert.All(type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static), f => Assert.True(
            f.IsInitOnly || f.IsLiteral || f.Name == "value__", $"{type}.{f.Name} can be set"));
        Assert.All(type.GetProperties().Where(p => p.SetMethod is { IsPublic: true }), p => Assert.True(
            p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit)),
            $"{type}.{p.Name} can be set"));
    });

    [Fact]
    public void Nothing_static_keeps_state() => Assert.All(
        Readiness.GetTypes().Where(t => !t.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(f => !f.Name.Contains('<', StringComparison.Ordinal) || f.Name.Contains("k__BackingField", StringComparison.Ordinal)),
        f => Assert.True(f.IsInitOnly || f.IsLiteral, $"{f.DeclaringType}.{f.Name} can change"));

    [Fact]
    public void The_core_knows_YamlDotNet_and_the_base_library_without_files_network_or_processes()
    {
        var referenced = Readiness.GetReferencedAssemblies().Select(a => a.Name!).Order(StringComparer.Ordinal).ToList();
        Assert.All(referenced, name => Assert.True(name == "YamlDotNet" || name.StartsWith("System.", StringComparison.Ordinal), name));
        Assert.All(
            ["System.IO.FileSystem", "System.Net", "System.Diagnostics.Process", "System.Data", "System.Console", "System.Threading.Thread"],
            forbidden => Assert.DoesNotContain(referenced, name => name.StartsWith(forbidden, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_core_calls_no_clock_file_console_or_chance()
    {
        // The names of all types and members that the assembly refers to stand in its metadata.
        using var stream = File.OpenRead(Readiness.Location);
        using var pe = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(pe);
        var types = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}").ToList();
        Assert.All(
            [
                "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.Console", "System.Random",
                "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Net.Http.HttpClient", "System.Guid",
            ],
            forbidden => Assert.DoesNotContain(forbidden, types));
        var members = metadata.MemberReferences.Select(m => metadata.GetString(metadata.GetMemberReference(m).Name)).ToList();
        Assert.All(["get_Now", "get_UtcNow", "get_Today", "get_CurrentCulture"], forbidden => Assert.DoesNotContain(forbidden, members));
    }

    [Fact]
    public void Every_public_member_has_a_doc_comment()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Readiness.Location, ".xml")).Descendants("member")
            .Where(m => m.HasElements).Select(m => m.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        // Positional members of records are documented by their record's comment and its <param>s.
        var own = Public.SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is not (ConstructorInfo or TypeInfo) && m.Name != "value__")
            .Where(m => m is not MethodBase { IsSpecialName: true } && !m.Name.Contains('<', StringComparison.Ordinal))
            .Where(m => !m.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)) && !IsPositional(t, m)));
        Assert.All(Public, type => Assert.Contains($"T:{type.FullName!.Replace('+', '.')}", documented));
        Assert.All(own, member => Assert.True(IsDocumented(member), $"{member.DeclaringType}.{member.Name}"));

        bool IsDocumented(MemberInfo member)
        {
            var kind = member switch { MethodInfo => 'M', PropertyInfo => 'P', FieldInfo => 'F', _ => 'E' };
            var id = $"{kind}:{member.DeclaringType!.FullName}.{member.Name}";
            return documented.Any(d => d.StartsWith(id, StringComparison.Ordinal) && (d.Length == id.Length || d[id.Length] is '(' or '`'));
        }

        static bool IsPositional(Type type, MemberInfo member)
        {
            if (!type.IsValueType && type.GetMethods().All(m => m.Name != "<Clone>$")) return false;
            return member.Name is "Deconstruct" or "Equals" or "GetHashCode" or "ToString"
                || type.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name == member.Name));
        }
    }
}
