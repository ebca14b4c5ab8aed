using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.FileProviders;

namespace Gantry.Sidecar.Settings;

/// <summary>
/// Fills option objects from the layers. Differs from the framework's binder in three things that matter to the person
/// who mends a setting: it reports every problem at once, with key, value and origin; a list in a later layer replaces
/// the earlier one instead of mixing with it by position; and a list may be written <c>a,b,c</c> in one variable.
/// </summary>
internal sealed class SettingsBinder(IConfigurationRoot layers)
{
    private readonly List<SettingsProblem> _problems = [];

    /// <summary>All settings, checked.</summary>
    /// <exception cref="SettingsException">Some cannot work; it names each.</exception>
    public static SidecarSettings Bind(IConfigurationRoot layers)
    {
        var binder = new SettingsBinder(layers);
        var settings = (SidecarSettings)binder.BindObject(typeof(SidecarSettings), "", layers.Providers);
        return binder._problems.Count == 0 ? settings : throw new SettingsException(binder._problems);
    }

    private object BindObject(Type type, string path, IEnumerable<IConfigurationProvider> providers)
    {
        var result = Activator.CreateInstance(type)!;
        var before = _problems.Count;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var key = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            var known = _problems.Count;
            var value = BindProperty(property, key, providers);
            if (value is not null)
                property.SetValue(result, value);
            // What could not be read is told already, and what is left of it breaks rules of its own
            if (_problems.Count == known)
                Check(property, property.GetValue(result), key);
        }
        if (_problems.Count == before && result is IValidatableObject rules)
        {
            foreach (var problem in rules.Validate(new(result)))
                Report(Join(path, problem.MemberNames.FirstOrDefault()), problem.ErrorMessage!, secret: false);
        }
        return result;
    }

    private object? BindProperty(PropertyInfo property, string key, IEnumerable<IConfigurationProvider> providers)
    {
        var type = property.PropertyType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return BindList(type.GetGenericArguments()[0], key, providers);
        if (type == typeof(IReadOnlyDictionary<string, string>))
        {
            return Children(key, providers).Select(name => (name, value: Value($"{key}:{name}", providers)))
                .Where(pair => !string.IsNullOrEmpty(pair.value))
                .ToDictionary(pair => pair.name, pair => pair.value!, StringComparer.OrdinalIgnoreCase);
        }
        if (IsScalar(type))
            return Value(key, providers) is { } text ? Convert(type, text, key, property.IsDefined(typeof(SecretAttribute))) : null;
        return BindObject(type, key, providers);
    }

    private Array? BindList(Type element, string key, IEnumerable<IConfigurationProvider> providers)
    {
        // The last layer that says anything about the list says all of it
        var layer = providers.LastOrDefault(p => (p.TryGet(key, out var v) && !string.IsNullOrEmpty(v)) || Children(key, [p]).Length > 0);
        if (layer is null)
            return null;
        List<object?> items = [];
        if (layer.TryGet(key, out var text) && !string.IsNullOrEmpty(text) && IsScalar(element))
        {
            items.AddRange(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(item => Convert(element, item, key, secret: false)));
        }
        else
        {
            items.AddRange(Children(key, [layer]).Select(index => IsScalar(element)
                ? Convert(element, Value($"{key}:{index}", [layer]) ?? "", $"{key}:{index}", secret: false)
                : BindObject(element, $"{key}:{index}", [layer])));
        }
        var list = Array.CreateInstance(element, items.Count(item => item is not null));
        var at = 0;
        foreach (var item in items.Where(item => item is not null))
            list.SetValue(item, at++);
        return list;
    }

    private void Check(PropertyInfo property, object? value, string key)
    {
        var secret = property.IsDefined(typeof(SecretAttribute));
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (value is IEnumerable many and not string && rule is SettingRuleAttribute or RangeAttribute)
            {
                var at = 0;
                foreach (var item in many)
                {
                    var (name, one) = item is KeyValuePair<string, string> pair
                        ? (pair.Key, pair.Value) : ((at++).ToString(CultureInfo.InvariantCulture), item);
                    if (!rule.IsValid(one))
                        Report($"{key}:{name}", Allowed(rule), secret, one?.ToString());
                }
            }
            else if (!rule.IsValid(value))
            {
                Report(key, Allowed(rule), secret, System.Convert.ToString(value, CultureInfo.InvariantCulture));
                return; // one sentence for each value
            }
        }
    }

    private static string Allowed(ValidationAttribute rule) => rule switch
    {
        SettingRuleAttribute own => own.Allowed,
        RangeAttribute range => FormattableString.Invariant($"a value from {range.Minimum} to {range.Maximum} is wanted"),
        RequiredAttribute or MinLengthAttribute => "a value is needed",
        _ => rule.FormatErrorMessage("the value").TrimEnd('.'),
    };

    private object? Convert(Type type, string text, string key, bool secret)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string))
            return text;
        if (text.Trim().Length == 0)
            return null; // an empty variable is one that is not set
        try
        {
            if (target == typeof(bool) && text.Trim() is "1" or "0")
                return text.Trim() == "1";
            if (target.IsEnum)
            {
                return Enum.TryParse(target, text.Trim(), ignoreCase: true, out var member) && Enum.IsDefined(target, member)
                    ? member : throw new FormatException();
            }
            return TypeDescriptor.GetConverter(target).ConvertFromInvariantString(text.Trim());
        }
        catch (Exception error) when (error is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            Report(key, Wanted(target), secret, text);
            return null;
        }
    }

    private static string Wanted(Type target) => target switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(target))} is wanted",
        _ when target == typeof(bool) => "true or false is wanted",
        _ when target == typeof(TimeSpan) => "a duration is wanted, such as 00:00:30 for 30 seconds",
        _ => "a whole number is wanted",
    };

    private void Report(string key, string allowed, bool secret, string? value = null)
    {
        value ??= layers[key];
        _problems.Add(new(key, secret || string.IsNullOrEmpty(value) ? null : value, OriginOf(layers, key), allowed));
    }

    /// <summary>Where a key was given; for a key that is missing, where what it belongs to was given.</summary>
    public static string? OriginOf(IConfigurationRoot layers, string key)
    {
        for (var part = key; ; part = part[..part.LastIndexOf(':')])
        {
            if (layers.Providers.Reverse().Select(provider => OriginIn(provider, part)).FirstOrDefault(o => o is not null) is { } origin)
                return origin;
            if (part.Count(c => c == ':') < 2)
                return null; // a whole section stands in no single place
        }
    }

    /// <summary>Where a layer has a key; null where it has not.</summary>
    public static string? OriginIn(IConfigurationProvider provider, string key) => provider switch
    {
        LayerSource layer => layer.OriginOf(key),
        FileConfigurationProvider file when Has(file, key) =>
            Path.Combine((file.Source.FileProvider as PhysicalFileProvider)?.Root ?? "", file.Source.Path ?? ""),
        _ when Has(provider, key) => "command line",
        _ => null,
    };

    private static bool Has(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out _) || Children(key, [provider]).Length > 0;

    private static string? Value(string key, IEnumerable<IConfigurationProvider> providers) =>
        providers.Reverse().Select(p => p.TryGet(key, out var value) ? value : null).FirstOrDefault(value => value is not null);

    private static string[] Children(string key, IEnumerable<IConfigurationProvider> providers) =>
        [.. providers.Aggregate(Enumerable.Empty<string>(), (keys, provider) => provider.GetChildKeys(keys, key))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type.IsValueType;

    private static string Join(string path, string? member) => member is null ? path : path.Length == 0 ? member : $"{path}:{member}";
}
