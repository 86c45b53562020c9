internal import Foundation
public import Indices
public import JSON

extension NodeTask {
    /// What the task API says of a task.
    ///
    /// - Parameter isDetailed: with its description.
    public func json(isDetailed: Bool) -> JSONValue {
        var members: JSONMembers = [
            "node": .string(id.nodeID), "id": .int(id.number), "type": "transport", "action": .string(action),
        ]
        if let progress {
            var status = progress.counts.members(.reindex)
            status.addSlices(progress.slices.map(\.counts), .reindex)
            members["status"] = .object(status)
        }
        if isDetailed { members["description"] = .string(detail) }
        members["start_time_in_millis"] = .int(Int(start.timeIntervalSince1970 * 1000))
        members["running_time_in_nanos"] = .int(Int(runningTime / .nanoseconds(1)))
        members["cancellable"] = .bool(isCancellable)
        if isCancellable { members["cancelled"] = .bool(isCancelled) }
        members["headers"] = [:]
        return .object(members)
    }

    /// The body of `GET /_tasks/{id}`.
    public var result: JSONValue {
        let outcome = outcome
        var members: JSONMembers = ["completed": .bool(outcome != nil), "task": json(isDetailed: true)]
        switch outcome {
        case nil: break
        case .byQuery(let result): members["response"] = result.json
        case .shards(let counts): members["response"] = counts.response
        case .failure(let error):
            members["error"] = (ElasticsearchError(error) ?? .internalError).itemJSON
        }
        return .object(members)
    }

    /// The answer of what was started and not waited for.
    public var started: JSONValue { ["task": .string(id.description)] }
}

/// Lists of tasks.
public struct TaskList: Sendable {
    /// What tasks are gathered by.
    public enum Grouping: String, Sendable {
        case nodes, parents, none
    }

    private let tasks: [NodeTask]
    private let nodeID: String
    private let nodeName: String
    private let isDetailed: Bool
    private let grouping: Grouping

    /// - Throws: `ElasticsearchError` for a grouping that there is not.
    public init(
        _ tasks: [NodeTask], nodeID: String, nodeName: String, _ parameters: QueryParameters
    ) throws(ElasticsearchError) {
        self.tasks = tasks
        self.nodeID = nodeID
        self.nodeName = nodeName
        isDetailed = try parameters.bool("detailed") ?? false
        let text = parameters["group_by"] ?? Grouping.nodes.rawValue
        guard let grouping = Grouping(rawValue: text) else {
            throw .illegalArgument("[group_by] must be one of [nodes], [parents] or [none] but was [\(text)]")
        }
        self.grouping = grouping
    }

    /// - Parameter missing: a task that was asked for and is not there.
    public func json(missing: TaskID? = nil) -> JSONValue {
        var members: JSONMembers = [:]
        if let missing { members["node_failures"] = [failure(missing)] }
        let entries = tasks.map { ($0.id.description, $0.json(isDetailed: isDetailed)) }
        switch grouping {
        case .none: members["tasks"] = .array(entries.map(\.1))
        case .parents: members["tasks"] = .object(entries.members)
        case .nodes:
            let node: JSONValue = [
                "name": .string(nodeName), "transport_address": "127.0.0.1:9300", "host": "127.0.0.1", "ip": "127.0.0.1:9300",
                "roles": ["data", "ingest", "master", "ml"], "tasks": .object(entries.members),
            ]
            members["nodes"] = tasks.isEmpty ? [:] : .object([(nodeID, node)].members)
        }
        return .object(members)
    }

    private func failure(_ id: TaskID) -> JSONValue {
        let cause =
            id.nodeID == nodeID
            ? ErrorCause("resource_not_found_exception", "task [\(id)] is not found")
            : ErrorCause("no_such_node_exception", "No such node [\(id.nodeID)]")
        return .object(
            ErrorCause(
                "failed_node_exception", "Failed node [\(id.nodeID)]", extra: ["node_id": .string(id.nodeID)], causedBy: cause
            ).json)
    }
}
