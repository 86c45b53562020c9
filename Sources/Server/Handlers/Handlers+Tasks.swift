internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Mapping

extension Handlers {
    private static let defaultTimeout = Duration.seconds(30)

    /// `GET /_tasks/{task_id}`
    @Sendable func getTask(_ request: APIRequest) async throws -> Reply {
        let id = try request.taskID()
        guard let task = indices.tasks[id] else { throw IndicesError.taskNotFound(id.description) }
        if try request.parameters.bool("wait_for_completion") ?? false { try await wait(for: [task], request) }
        return .json(task.result)
    }

    /// `GET /_tasks`
    @Sendable func listTasks(_ request: APIRequest) async throws -> Reply {
        try await indices.tasks.run(
            "cluster:monitor/tasks/lists", "", isCancellable: false, outcome: { _ in .shards(.init(total: 0)) }
        ) { own in
            let tasks = try selected(request)
            if try request.parameters.bool("wait_for_completion") ?? false {
                try await wait(for: tasks.filter { $0 !== own }, request)
            }
            return .json(try taskList(tasks, request).json())
        }
    }

    /// `POST /_tasks/_cancel` and `POST /_tasks/{task_id}/_cancel`
    @Sendable func cancelTasks(_ request: APIRequest) async throws -> Reply {
        var missing: TaskID?
        let tasks: [NodeTask]
        if request.captures["task_id"] != nil {
            let id = try request.taskID()
            tasks = indices.tasks.running.filter { $0.id == id }
            if let task = tasks.first, !task.isCancellable {
                throw ElasticsearchError.illegalArgument("task [\(id)] doesn't support this operation")
            }
            if tasks.isEmpty { missing = id }
        } else {
            tasks = try selected(request).filter(\.isCancellable)
        }
        for task in tasks { task.cancel() }
        if try request.parameters.bool("wait_for_completion") ?? false { try await wait(for: tasks, request) }
        return .json(try taskList(tasks, request).json(missing: missing))
    }

    func taskList(_ tasks: [NodeTask], _ request: APIRequest) throws -> TaskList {
        try TaskList(tasks, nodeID: indices.tasks.nodeID, nodeName: version.nodeName, request.parameters)
    }

    /// The running tasks that a request's `actions`, `nodes` and `parent_task_id` leave.
    private func selected(_ request: APIRequest) throws -> [NodeTask] {
        // No task of ours has a parent.
        if let parent = request.parameters["parent_task_id"], parent != "-1", !parent.isEmpty { return [] }
        let nodes = request.parameters.list("nodes") ?? []
        let names = [indices.tasks.nodeID, version.nodeName, "_all", "_local", "_master"]
        guard nodes.isEmpty || nodes.contains(where: { pattern in names.contains { WildcardPattern(pattern).matches($0) } }) else {
            return []
        }
        let patterns = (request.parameters.list("actions") ?? []).map { WildcardPattern($0) }
        return indices.tasks.running.filter { task in
            patterns.isEmpty || patterns.contains { $0.matches(task.action) }
        }
    }

    /// - Throws: 500 as Elasticsearch, if they have not ended in the request's time.
    private func wait(for tasks: [NodeTask], _ request: APIRequest) async throws {
        let deadline = ContinuousClock.now + (try request.parameters.duration("timeout") ?? Self.defaultTimeout)
        for task in tasks {
            guard await task.wait(atMost: ContinuousClock.now.duration(to: deadline)) else {
                throw ElasticsearchError(
                    status: 500, "timeout_exception", "Timed out waiting for completion of task [\(task.id)]")
            }
        }
    }
}

extension APIRequest {
    /// The task that the path names.
    func taskID() throws(ElasticsearchError) -> TaskID {
        let text = try capture("task_id")
        guard let id = TaskID(text) else { throw .illegalArgument("malformed task id \(text)") }
        return id
    }

    /// Whether the answer comes when all is done.
    func waitsForCompletion() throws(ElasticsearchError) -> Bool { try parameters.bool("wait_for_completion") ?? true }
}
