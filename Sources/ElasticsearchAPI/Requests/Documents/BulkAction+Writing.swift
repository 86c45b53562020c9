internal import Indices
internal import Query

extension BulkAction {
    /// What a request may not ask for, in the words of Elasticsearch's validation.
    func violations(_ defaults: BulkRequest.Defaults) -> [String] {
        var violations: [String] = []
        if (index ?? defaults.index ?? "").isEmpty { violations.append("index is missing") }
        if kind == .delete || kind == .update, id == nil { violations.append("id is missing") }
        // An update says the same of its body too.
        if kind == .update { return violations }
        violations += version.violations(
            isCreation: kind == .create, hasID: id != nil || kind == .delete, isConditional: ifSequenceNumber != nil)
        if kind == .create, ifSequenceNumber != nil || ifPrimaryTerm != nil {
            violations.append("create operations do not support compare and set. use index instead")
        } else if let condition = WriteParameters.conditionViolation(ifSequenceNumber, ifPrimaryTerm, isCreation: false) {
            violations.append(condition)
        }
        return violations
    }

    /// What the document line of an update says.
    ///
    /// - Throws: `ElasticsearchError` for a body that is none.
    func update(_ body: some Collection<UInt8>, _ defaults: BulkRequest.Defaults) throws(ElasticsearchError) -> UpdateRequest {
        var request = try UpdateRequest(body: body)
        request.update.retries = retries
        request.update.shown = request.update.shown ?? (source ?? defaults.source)?.shown
        request.ifSequenceNumber = ifSequenceNumber ?? request.ifSequenceNumber
        request.ifPrimaryTerm = ifPrimaryTerm ?? request.ifPrimaryTerm
        return request
    }

    func item(_ source: [UInt8], _ update: UpdateRequest?, _ defaults: BulkRequest.Defaults) -> BulkRequest.Item {
        let index = index ?? defaults.index ?? ""
        let action: WriteOperation.Action =
            switch kind {
            case .index: .index
            case .create: .create
            case .delete: .delete
            case .update: .update
            }
        var operation = WriteOperation(
            action, index: index, id: id, routing: routing ?? defaults.routing, source: source,
            ifSequenceNumber: update?.ifSequenceNumber ?? ifSequenceNumber,
            ifPrimaryTerm: update?.ifPrimaryTerm ?? ifPrimaryTerm, requiresAlias: requiresAlias ?? defaults.requiresAlias,
            pipeline: pipeline ?? defaults.pipeline)
        operation.update = update?.update
        operation.version = version.external
        operation.requiresDataStream = requiresDataStream ?? defaults.requiresDataStream
        operation.dynamicTemplates = dynamicTemplates
        return .write(operation, listsPipelines: listsPipelines ?? defaults.listsPipelines)
    }
}
