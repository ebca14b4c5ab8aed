using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Gantry.Odbc;

/// <summary>The parameters of a command. Names compare without @ and without case.</summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's base class is not generic")]
public sealed class OdbcParameterCollection : DbParameterCollection
{
    private readonly List<OdbcParameter> _parameters = [];

    internal OdbcParameterCollection()
    {
    }

    /// <inheritdoc/>
    public override int Count => _parameters.Count;

    /// <inheritdoc/>
    public override object SyncRoot => ((ICollection)_parameters).SyncRoot;

    internal OdbcParameter At(int index) => _parameters[index];

    /// <summary>Adds a value under a name.</summary>
    public OdbcParameter AddWithValue(string name, object? value)
    {
        var parameter = new OdbcParameter(name, value);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <inheritdoc/>
    public override int Add(object value)
    {
        _parameters.Add(Ours(value));
        return _parameters.Count - 1;
    }

    /// <inheritdoc/>
    public override void AddRange(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (object value in values) Add(value);
    }

    /// <inheritdoc/>
    public override void Clear() => _parameters.Clear();

    /// <inheritdoc/>
    public override bool Contains(object value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override void CopyTo(Array array, int index) => ((ICollection)_parameters).CopyTo(array, index);

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => _parameters.GetEnumerator();

    /// <inheritdoc/>
    public override int IndexOf(object value) => value is OdbcParameter parameter ? _parameters.IndexOf(parameter) : -1;

    /// <inheritdoc/>
    public override int IndexOf(string parameterName)
    {
        ReadOnlySpan<char> bare = parameterName.AsSpan().TrimStart('@');
        for (int index = 0; index < _parameters.Count; index++)
        {
            if (_parameters[index].BareName.Equals(bare, StringComparison.OrdinalIgnoreCase)) return index;
        }
        return -1;
    }

    /// <inheritdoc/>
    public override void Insert(int index, object value) => _parameters.Insert(index, Ours(value));

    /// <inheritdoc/>
    public override void Remove(object value) => _parameters.Remove(Ours(value));

    /// <inheritdoc/>
    public override void RemoveAt(int index) => _parameters.RemoveAt(index);

    /// <inheritdoc/>
    public override void RemoveAt(string parameterName) => _parameters.RemoveAt(Existing(parameterName));

    /// <inheritdoc/>
    protected override DbParameter GetParameter(int index) => _parameters[index];

    /// <inheritdoc/>
    protected override DbParameter GetParameter(string parameterName) => _parameters[Existing(parameterName)];

    /// <inheritdoc/>
    protected override void SetParameter(int index, DbParameter value) => _parameters[index] = Ours(value);

    /// <inheritdoc/>
    protected override void SetParameter(string parameterName, DbParameter value) => _parameters[Existing(parameterName)] = Ours(value);

    private int Existing(string name) =>
        IndexOf(name) is var index and >= 0 ? index : throw new ArgumentException($"The command has no parameter '{name}'.", nameof(name));

    private static OdbcParameter Ours(object? value) => value as OdbcParameter
        ?? throw new ArgumentException($"An {nameof(OdbcParameter)} is needed here, not {value?.GetType().Name ?? "null"}.", nameof(value));
}
