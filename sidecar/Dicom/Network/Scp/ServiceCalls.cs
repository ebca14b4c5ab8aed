namespace Gantry.Dicom.Network;

/// <summary>From a message to the service's method.</summary>
internal static class ServiceCalls
{
    /// <summary>The request that a service sees.</summary>
    public static DimseRequest ToRequest(IncomingMessage message, AssociationInfo association)
    {
        var command = message.Command;
        return new DimseRequest
        {
            Association = association,
            Command = command.Command,
            ContextId = message.Context.Id,
            AbstractSyntax = message.Context.AbstractSyntax,
            TransferSyntax = message.Context.TransferSyntax,
            MessageId = command.MessageId,
            // A request without its SOP class is taken for one of the context's
            SopClassUid = command.SopClassUid.Length > 0 ? command.SopClassUid : message.Context.AbstractSyntax,
            SopInstanceUid = command.SopInstanceUid,
            Priority = command.Priority,
            Data = message.Data,
            HasData = command.HasDataSet,
            AttributeIdentifierList = command.AttributeList,
            ActionTypeId = command.ActionTypeId,
            EventTypeId = command.EventTypeId,
            MoveDestination = command.MoveDestination,
        };
    }

    /// <summary>
    /// Why a request is answered without its service: its class, or the length of its data set. Null: it is not.
    /// </summary>
    public static DimseResponse? Refusal(IncomingMessage message, DimseRequest request, SopClassService service)
    {
        if (message.Refusal is { } refusal) return refusal;
        if (!Serves(service, request.SopClassUid))
        {
            return new DimseResponse(DimseStatus.SopClassNotSupported)
            {
                ErrorComment = "The SOP class is not the presentation context's",
            };
        }
        if (!message.IsTooLong && !message.IsCrowdedOut) return null;
        var isComposite = (ushort)request.Command < (ushort)DimseCommand.NEventReport;
        return new DimseResponse(isComposite ? DimseStatus.OutOfResources : DimseStatus.ResourceLimitation)
        {
            ErrorComment = message.IsTooLong
                ? "The data set is longer than this system takes"
                : "Too many data sets at once; try again later",
        };
    }

    /// <summary>Calls the method of the operation.</summary>
    public static ValueTask<DimseResponse> InvokeAsync(
        SopClassService service, DimseRequest request, FindResponses? responses, CancellationToken cancellationToken) =>
        request.Command switch
        {
            DimseCommand.CFind when responses is not null => service.FindAsync(request, responses, cancellationToken),
            DimseCommand.CEcho => service.EchoAsync(request, cancellationToken),
            DimseCommand.CStore => service.StoreAsync(request, cancellationToken),
            DimseCommand.CMove => service.MoveAsync(request, cancellationToken),
            DimseCommand.CGet => service.RetrieveAsync(request, cancellationToken),
            DimseCommand.NEventReport => service.EventReportAsync(request, cancellationToken),
            DimseCommand.NGet => service.GetAsync(request, cancellationToken),
            DimseCommand.NSet => service.SetAsync(request, cancellationToken),
            DimseCommand.NAction => service.ActionAsync(request, cancellationToken),
            DimseCommand.NCreate => service.CreateAsync(request, cancellationToken),
            DimseCommand.NDelete => service.DeleteAsync(request, cancellationToken),
            _ => new(SopClassService.UnrecognizedResponse),
        };

    /// <summary>The response to a request whose data set the service could not read.</summary>
    public static DimseResponse Unreadable(DimseRequest request)
    {
        var isComposite = (ushort)request.Command < (ushort)DimseCommand.NEventReport;
        return new DimseResponse(isComposite ? DimseStatus.UnableToProcess : DimseStatus.ProcessingFailure)
        {
            ErrorComment = "The data set cannot be read in its transfer syntax",
        };
    }

    private static bool Serves(SopClassService service, string sopClassUid)
    {
        foreach (var uid in service.SopClassUids)
        {
            if (uid == sopClassUid) return true;
        }
        return false;
    }
}
