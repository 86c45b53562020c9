internal import JSON
internal import Mapping
internal import Query
internal import Shards

/// What of a hit's `fields` is computed: script fields, and runtime fields that `fields` names.
struct ComputedHitFields {
    private var scripted: [[(name: String, value: JSONValue)]] = []
    private var runtime: [(name: String, values: [[JSONValue]])] = []

    /// - Throws: `ShardError`, `IndicesError.planning`, `.invalidDateFormat`.
    init(_ fetch: Fetch, _ target: SearchTarget, _ ordinals: [UInt32]) throws {
        // Planned with the search, or with the aggregation that shows the hits.
        if !fetch.scriptFields.isEmpty {
            scripted = try target.view.values(target.plan.scriptFields, of: ordinals, mapping: target.mapping)
        }
        let requests = fetch.fields + fetch.docValueFields
        if target.mapping.runtime.isEmpty || requests.isEmpty { return }
        let wanted = try fields(requests, target)
        if wanted.isEmpty { return }
        let known = Set(target.plan.runtime.map(\.name))
        let view = try target.view.deriving(
            wanted.filter { !known.contains($0.name) }, mapping: target.mapping, of: ordinals)
        for field in wanted {
            // Some are only there for others.
            guard let request = requests.last(where: { WildcardPattern($0.pattern).matches(field.name) }),
                let reader = FieldReader(field.name, mapping: target.mapping, view: view)
            else { continue }
            var format: DateFormat?
            if let text = request.format {
                format = DateFormat(text)
                guard format != nil else { throw IndicesError.invalidDateFormat(text) }
            }
            runtime.append((field.name, ordinals.map { field.field.shown(reader.values(of: $0), format: format) }))
        }
    }

    private func fields(_ requests: [FieldRequest], _ target: SearchTarget) throws(IndicesError) -> [DerivedField] {
        do {
            return try Planner(mapping: target.mapping, now: 0).runtimeFields(matching: requests.map(\.pattern))
        } catch {
            throw .planning(error, index: target.index.name, uuid: target.index.metadata.uuid)
        }
    }

    /// - Parameter number: the hit's place among the ordinals.
    func add(to hit: inout SearchResponse.Hit, _ number: Int) {
        if scripted.isEmpty, runtime.isEmpty { return }
        var fields = hit.fields ?? [:]
        for field in runtime where !field.values[number].isEmpty { fields[field.name] = .array(field.values[number]) }
        if scripted.indices.contains(number) {
            for field in scripted[number] {
                fields[field.name] = field.value.array == nil ? .array([field.value]) : field.value
            }
        }
        if !fields.isEmpty { hit.fields = fields }
    }
}
