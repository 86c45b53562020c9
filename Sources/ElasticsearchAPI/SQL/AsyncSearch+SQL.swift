public import Indices
public import JSON

extension AsyncSearch<SQLAnswer> {
    /// What a statement has come to: no rows while it runs.
    ///
    /// - Parameter showsID: whether there will be something to ask for.
    /// - Throws: what the statement failed with.
    public func answer(showsID: Bool) throws -> SQLAnswer {
        let status = status
        var answer = try status.outcome?.get() ?? SQLAnswer(nil, [], cursor: nil)
        if showsID { answer.identity = .init(id: id, isRunning: status.completion == nil) }
        return answer
    }

    /// The answer to a question for the status.
    public var statusJSON: JSONValue {
        let status = status, isRunning = status.completion == nil
        var members: JSONMembers = [
            "id": .string(id), "is_running": .bool(isRunning), "is_partial": .bool(isRunning), "start_time_in_millis": .int(Int(start)),
            "expiration_time_in_millis": .int(Int(status.expiry)),
        ]
        switch status.outcome {
        case .success?: members["completion_status"] = 200
        case .failure(let error)?: members["completion_status"] = .int((ElasticsearchError(error) ?? .internalError).status)
        case nil: break
        }
        return .object(members)
    }
}
