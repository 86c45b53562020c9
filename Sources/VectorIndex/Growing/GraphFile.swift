internal import CVectorKernels
internal import VectorKernels

/// A checkpoint: the graph as it was at a moment when nothing changed it.
///
/// Little-endian words of 32 bits: header, bitmap of members, bitmap of linked nodes, for each linked node in
/// ascending order and each of its levels from 0 the number of links and the links, the pairs (node, next) of
/// duplicates, and the CRC-32C of all before.
struct GraphFile {
    static let fileName = "graph.hnsw"
    static let version: UInt32 = 1
    static let magic: [UInt32] = [0x7267_7643, 0x3168_7061]  // "Cvgraph1"

    let path: String
    let configuration: VectorIndexConfiguration

    /// What the file says before its lists. Its words, in order, are the header.
    struct Header {
        static let wordCount = 12

        var dimensions, metric, m, efConstruction: UInt32
        var end, members, duplicates, entry: UInt32

        init(_ configuration: VectorIndexConfiguration, _ facts: cvk_graph_facts) {
            dimensions = UInt32(configuration.dimensions)
            metric = configuration.metric.code
            m = UInt32(configuration.m)
            efConstruction = UInt32(configuration.efConstruction)
            end = facts.end
            members = facts.members
            duplicates = facts.duplicates
            entry = facts.entry
        }

        init(words: some RandomAccessCollection<UInt32>) {
            let words = Array(words)
            (dimensions, metric, m, efConstruction) = (words[3], words[4], words[5], words[6])
            (end, members, duplicates, entry) = (words[7], words[8], words[9], words[10])
        }

        /// The last word keeps what follows on 8 bytes.
        var words: [UInt32] {
            GraphFile.magic + [
                GraphFile.version, dimensions, metric, m, efConstruction, end, members, duplicates, entry, 0,
            ]
        }

        func matches(_ configuration: VectorIndexConfiguration) -> Bool {
            Int(dimensions) == configuration.dimensions && metric == configuration.metric.code
                && Int(m) == configuration.m && Int(efConstruction) == configuration.efConstruction
        }

        /// 32-bit words of a bitmap of all nodes, in whole 64-bit words.
        var bitmapWordCount: Int { (Int(end) + 63) / 64 * 2 }
    }
}
