/** The major classes of the Japan Standard Industrial Classification (日本標準産業分類, 13th revision, 大分類 A to T). */
export const industries = [
  ['A', '農業・林業', 'Agriculture and forestry'],
  ['B', '漁業', 'Fisheries'],
  ['C', '鉱業・採石業', 'Mining and quarrying'],
  ['D', '建設業', 'Construction'],
  ['E', '製造業', 'Manufacturing'],
  ['F', '電気・ガス・水道業', 'Electricity, gas and water'],
  ['G', '情報通信業', 'Information and communications'],
  ['H', '運輸業・郵便業', 'Transport and postal services'],
  ['I', '卸売業・小売業', 'Wholesale and retail'],
  ['J', '金融業・保険業', 'Finance and insurance'],
  ['K', '不動産業・物品賃貸業', 'Real estate and leasing'],
  ['L', '学術研究・専門技術サービス業', 'Research, professional and technical services'],
  ['M', '宿泊業・飲食サービス業', 'Hotels and restaurants'],
  ['N', '生活関連サービス業・娯楽業', 'Personal services and amusement'],
  ['O', '教育・学習支援業', 'Education'],
  ['P', '医療・福祉', 'Medical care and welfare'],
  ['Q', '複合サービス事業', 'Compound services'],
  ['R', 'サービス業（ほかに分類されないもの）', 'Other services'],
  ['S', '公務', 'Public service'],
  ['T', '分類不能の産業', 'Not classifiable'],
] as const

/** `E` → 製造業 / Manufacturing; the code itself where there is none. */
export function industryName(code: string, lang: 'ja' | 'en'): string {
  const found = industries.find(([one]) => one === code)
  return found === undefined ? code : lang === 'ja' ? found[1] : found[2]
}
