internal import JSON
internal import Mapping
internal import Query
internal import Shards

extension HitFetcher {
    /// `docvalue_fields`, as far as columns have them.
    func columns(_ ordinal: UInt32, _ plans: [DocValuePlan], _ view: ShardView) -> JSONMembers {
        var members = JSONMembers()
        for plan in plans {
            let values: [JSONValue]
            switch plan.field.docValueAccess {
            case .column:
                values = view.docValues(of: plan.path, ordinal: ordinal).map { plan.field.shownDocValue($0, format: plan.format) }
            case .points:
                values = view.docPoints(of: plan.path, ordinal: ordinal).map { .string("\($0.latitude), \($0.longitude)") }
            case .vectors: values = vector(ordinal, plan, view).map { [$0] } ?? []
            case .constant(let value): values = value.map { [.string($0)] } ?? []
            case .source, .none: values = []
            }
            if !values.isEmpty { members[plan.name] = .array(values) }
        }
        return members
    }

    /// A vector as one value; of bytes and bits, whole numbers.
    private func vector(_ ordinal: UInt32, _ plan: DocValuePlan, _ view: ShardView) -> JSONValue? {
        guard case .denseVector(let options) = plan.field.type, let vector = try? view.vector(field: plan.path, ordinal: ordinal)
        else { return nil }
        switch options.elementType {
        case .float, .bfloat16: return .floats(vector)
        case .byte, .bit: return .array(vector.map { .int(Int($0)) })
        }
    }
}
