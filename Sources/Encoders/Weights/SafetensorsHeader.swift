internal import Files
internal import JSON

/// The header of a safetensors file: eight bytes of length, JSON, then the data without gaps or overlaps.
///
/// Source: https://github.com/huggingface/safetensors, "Format".
enum SafetensorsHeader {
    /// The format's own limit.
    static let maximumBytes: UInt64 = 100_000_000

    static func isLikely(_ file: MappedFile) -> Bool {
        file.path.hasSuffix(".safetensors") || file.integer(at: 8, as: UInt8.self) == UInt8(ascii: "{")
    }

    static func tensors(of file: MappedFile) throws(WeightsError) -> [String: StoredTensor] {
        guard let length = file.integer(at: 0, as: UInt64.self) else { throw .damaged(file: file.path, .truncated) }
        guard length <= maximumBytes else { throw .damaged(file: file.path, .headerTooLarge(bytes: length)) }
        let start = 8 + Int(length)
        guard start <= file.count else { throw .damaged(file: file.path, .truncated) }
        let document: JSONDocument
        do {
            document = try file.withBytes(in: 8..<start) { bytes throws(JSONError) in try JSONDocument(parsing: bytes) }
        } catch {
            throw .damaged(file: file.path, .malformedHeader(tensor: nil))
        }
        guard let header = document.root.object else { throw .damaged(file: file.path, .malformedHeader(tensor: nil)) }
        if let twice = header.duplicateKey { throw .damaged(file: file.path, .malformedHeader(tensor: twice)) }
        var tensors: [String: StoredTensor] = [:]
        var places: [(range: Range<Int>, name: String)] = []
        for (name, entry) in header where name != "__metadata__" {
            let (tensor, range) = try read(entry, name, file, start)
            tensors[name] = tensor
            places.append((range, name))
        }
        try checkPlaces(places, file, start)
        return tensors
    }

    private static func read(
        _ entry: JSONElement, _ name: String, _ file: MappedFile, _ start: Int
    ) throws(WeightsError) -> (StoredTensor, Range<Int>) {
        let malformed = WeightsError.damaged(file: file.path, .malformedHeader(tensor: name))
        guard let members = entry.object, let type = members["dtype"]?.string else { throw malformed }
        guard let shape = members["shape"]?.array.flatMap(naturals) else { throw malformed }
        guard let offsets = members["data_offsets"]?.array.flatMap(naturals), offsets.count == 2,
            offsets[0] <= offsets[1]
        else { throw malformed }
        guard let type = ElementType(rawValue: type) else {
            throw .unsupported(file: file.path, .elementType(tensor: name, type: type))
        }
        guard offsets[1] <= file.count - start else { throw .outOfBounds(file: file.path, tensor: name) }
        let range = (start + offsets[0])..<(start + offsets[1])
        let tensor = try StoredTensor(name: name, type: type, shape: shape, file: file, bytes: range)
        guard tensor.count * type.bytes == range.count else { throw malformed }
        return (tensor, range)
    }

    private static func naturals(_ array: JSONArray) -> [Int]? {
        var numbers: [Int] = []
        for element in array {
            guard let number = element.int, number >= 0, numbers.count < 64 else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    private static func checkPlaces(
        _ places: [(range: Range<Int>, name: String)], _ file: MappedFile, _ start: Int
    ) throws(WeightsError) {
        var end = start, previous = ""
        let ordered = places.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for (range, name) in ordered {
            guard range.lowerBound >= end else {
                throw .overlapping(file: file.path, first: previous, second: name)
            }
            guard range.lowerBound == end else { throw .damaged(file: file.path, .gap(before: name)) }
            (end, previous) = (range.upperBound, name)
        }
        guard end == file.count else { throw .damaged(file: file.path, .gap(before: nil)) }
    }
}
