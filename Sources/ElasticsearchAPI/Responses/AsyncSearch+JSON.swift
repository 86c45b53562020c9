public import Indices
public import JSON

extension AsyncSearch<SearchResponse> {
    /// The answer to a submission or a question for the result, with its status.
    ///
    /// - Parameter showsID: whether there will be something to ask for.
    public func json(_ format: SearchFormat, showsID: Bool) -> (body: JSONValue, status: Int) {
        let status = status
        var members = JSONMembers()
        if showsID { members["id"] = .string(id) }
        describe(status, &members)
        switch status.outcome {
        case .success(let response): members["response"] = response.json(format)
        case .failure(let error):
            let known = ElasticsearchError(error) ?? .internalError
            members["error"] = known.nestedJSON
            return (.object(members), known.status)
        case nil:
            let nothing = SearchResponse(
                took: 0, shards: ShardCounts(total: 0), total: .init(value: 0, isExact: false), maximumScore: nil, hits: [])
            members["response"] = nothing.json(format)
        }
        return (.object(members), 200)
    }

    /// The answer to a question for the status.
    public var statusJSON: JSONValue {
        let status = status
        var members: JSONMembers = ["id": .string(id)]
        describe(status, &members)
        switch status.outcome {
        case .success(let response):
            members["_shards"] = response.shards.json(withSkipped: true, failures: response.failures)
            members["completion_status"] = 200
        case .failure(let error):
            members["_shards"] = ShardCounts(total: 0).json(withSkipped: true, failures: [])
            members["completion_status"] = .int((ElasticsearchError(error) ?? .internalError).status)
        case nil: members["_shards"] = ShardCounts(total: 0).json(withSkipped: true, failures: [])
        }
        return .object(members)
    }

    private func describe(_ status: Status, _ members: inout JSONMembers) {
        var isPartial = true
        if case .success(let response) = status.outcome { isPartial = !response.failures.isEmpty }
        members["is_partial"] = .bool(isPartial)
        members["is_running"] = .bool(status.completion == nil)
        members["start_time_in_millis"] = .int(Int(start))
        members["expiration_time_in_millis"] = .int(Int(status.expiry))
        if let completion = status.completion { members["completion_time_in_millis"] = .int(Int(completion)) }
    }
}
