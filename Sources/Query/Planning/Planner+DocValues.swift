public import Mapping

/// A field whose values by document are wanted.
public struct DocValuePlan: Equatable, Sendable {
    /// As the answer names it.
    public var name: String
    /// Under which it is indexed.
    public var path: String
    public var field: FieldMapping
    /// Of dates, in place of the mapping's.
    public var format: DateFormat?
}

extension Planner {
    /// The fields that `docvalue_fields` names; what is not mapped is left out, and of a pattern what has no doc values.
    ///
    /// - Throws: `PlanningError.textNotAggregatable`, `.fieldSortNotSupported`, `.invalidDateFormat`.
    public func docValues(_ requests: [FieldRequest]) throws(PlanningError) -> [DocValuePlan] {
        var plans: [DocValuePlan] = []
        for request in requests {
            let isPattern = request.pattern.utf8.contains(UInt8(ascii: "*"))
            for (name, field) in mapping.fields(matching: request.pattern) where !plans.contains(where: { $0.name == name }) {
                // Runtime fields are computed beside.
                if mapping.runtime[name] != nil { continue }
                if field.docValueAccess == .none {
                    if isPattern { continue }
                    if field.type.text != nil { throw .textNotAggregatable(name) }
                    throw .fieldSortNotSupported(field: name, type: field.type.name)
                }
                plans.append(
                    DocValuePlan(name: name, path: mapping.target(of: name), field: field, format: try format(request, field)))
            }
        }
        return plans
    }

    private static let internalFields: Set = ["_seq_no", "_source", "_version", "_field_names", "_nested_path", "_primary_term"]

    /// What `fields` may ask for of an index.
    ///
    /// - Throws: `PlanningError.internalFieldFetched`, `.formatNotSupported`.
    func check(_ requests: [FieldRequest]) throws(PlanningError) {
        for request in requests {
            if Self.internalFields.contains(request.pattern) { throw .internalFieldFetched(request.pattern) }
            if request.format == nil { continue }
            for (path, field) in mapping.fields(matching: request.pattern) {
                switch field.type {
                case .keyword, .text, .number, .boolean: throw .formatNotSupported(field: path, type: field.type.name)
                default: break
                }
            }
        }
    }

    private func format(_ request: FieldRequest, _ field: FieldMapping) throws(PlanningError) -> DateFormat? {
        // Elasticsearch's word for the mapping's own.
        guard let text = request.format, text != "use_field_mapping" else { return nil }
        switch field.type {
        case .date: break
        case .served(let served):
            guard case .nanoseconds = served.column else { return nil }
        case .keyword, .text, .number, .boolean, .geoPoint, .denseVector: return nil
        }
        guard let format = DateFormat(text) else { throw .invalidDateFormat(text) }
        return format
    }
}
