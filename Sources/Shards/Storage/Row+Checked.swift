internal import GRDB

extension Row {
    /// A column's value; a damaged file may hold anything, so what does not fit is an error, not a trap.
    func value<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value {
        guard let value = Value.fromDatabaseValue(self[index] as DatabaseValue) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "column \(index) holds \(self[index] as DatabaseValue)")
        }
        return value
    }

    /// A column's value, or nil for NULL.
    func optionalValue<Value: DatabaseValueConvertible>(_ index: Int) throws -> Value? {
        (self[index] as DatabaseValue).isNull ? nil : try value(index)
    }
}
