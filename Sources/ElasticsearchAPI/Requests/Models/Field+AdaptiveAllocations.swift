extension Field {
    private enum Key: String, BodyKey {
        case enabled
        case minimum = "min_number_of_allocations"
        case maximum = "max_number_of_allocations"
    }

    /// - Throws: where `adaptive_allocations` are wanted: all of a machine's cores are at work anyway.
    func checkNoAdaptiveAllocations() throws(ParseError) {
        for (key, field) in try value.fields(Key.self, of: .object("adaptive_allocations")) where key == .enabled {
            guard try field.bool() else { continue }
            throw .argument("[adaptive_allocations] are not supported: set [number_of_allocations]", at: path)
        }
    }
}
