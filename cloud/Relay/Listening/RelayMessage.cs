namespace Gantry.Relay;

/// <summary>One message of one sender.</summary>
/// <param name="ConnectionId">The relay's name for the connection, for logs.</param>
/// <param name="Body">The message as it came; for the messages of Gantry.Contracts UTF-8 JSON.</param>
/// <param name="Suffix">What the sender's address had after the hybrid connection's name, without slash; usually empty.</param>
/// <param name="ConnectHeaders">The HTTP headers the sender came with.</param>
public sealed record RelayMessage(
    string ConnectionId, ReadOnlyMemory<byte> Body, string Suffix, IReadOnlyDictionary<string, string> ConnectHeaders);

/// <summary>
/// Answers a message. May run many times at once. An exception is logged and answered with an error reply by contract.
/// </summary>
/// <param name="message">What came.</param>
/// <param name="cancellationToken">The listener stops and has no patience left.</param>
/// <returns>The reply, UTF-8 JSON.</returns>
public delegate ValueTask<ReadOnlyMemory<byte>> RelayMessageHandler(RelayMessage message, CancellationToken cancellationToken);

/// <summary>A sender as it announces itself, before the connection is taken.</summary>
/// <param name="ConnectionId">The relay's name for the connection.</param>
/// <param name="Suffix">What the sender's address had after the hybrid connection's name.</param>
/// <param name="ConnectHeaders">The HTTP headers the sender came with.</param>
public sealed record RelayVisitor(string ConnectionId, string Suffix, IReadOnlyDictionary<string, string> ConnectHeaders);

/// <summary>Why a listener does not take a connection; the sender sees both.</summary>
/// <param name="StatusCode">An HTTP status from 400 to 599.</param>
/// <param name="Reason">In words, without patient data; printable ASCII.</param>
public sealed record RelayRejection(int StatusCode, string Reason);
