/** Orders to change data at the start of a sentence, in the languages most asked in beside English. */
const orders: readonly RegExp[] = [
  /^(?:bitte\s+)?(?:lösche?|loesche?|entferne?|ändere?|aendere?|aktualisiere?|überschreibe?|füge\s.+\s(?:hinzu|ein)|setze?\s.+\sauf|leere?\s+(?:die|alle)|erstelle?\s+(?:eine?n?\s+)?(?:neue\w*\s+)?(?:tabelle|benutzer|datenbank))(?:n sie)?\b/u,
  /^(?:s'il (?:te|vous) pla[iî]t,?\s+|veuillez\s+)?(?:supprim(?:e|ez|er)|efface[rz]?|modifi(?:e|ez|er)|ajoute[rz]?|insère|insérez|insérer|mets? à jour|mettez à jour|remplace[rz]?|vide[rz]?\s+(?:la|les)|renomme[rz]?)\b/u,
  /^(?:por favor,?\s+)?(?:elimina|eliminar|elimine|borra|borrar|borre|actualiza|actualizar|inserta|insertar|inserte|modifica|modificar|agrega|agregar|añade|añadir|cambia|cambiar|vacía|vaciar|apaga|apagar|apague|exclua|excluir|atualize|atualizar|insira|inserir|remova|remover|adicione)\s+(?:el|la|los|las|todos?|todas?|un|una|o|a|os|as|al|uma?|este|esta|\d)(?=\s|$)/u,
  /^(?:per favore,?\s+)?(?:cancella|cancellare|elimina|rimuovi|aggiorna|inserisci|modifica|aggiungi)\s+(?:il|lo|la|i|gli|le|tutti|tutte|un|una|uno|l')/u,
  /^(?:verwijder|wis|wijzig|voeg\s.+\stoe)\s+(?:de|het|alle|een)\b/u,
  /(?:удали(?:ть|те)?|измени(?:ть|те)?|добав(?:ь|ить|ьте))\s+(?:все|всех|таблицу|запись|студент)/u,
  /(?:删除|清空|修改|更新|插入)(?:所有|全部|数据库|表|学生|记录|数据)|(?:すべて|全て).{0,12}(?:削除|消去)して/u,
  // "Could you please ..": asked politely it is an order still, unless it is about what somebody did.
  /^(?:kannst|könntest|würdest|können|könnten|würden)\s+(?:du|sie|ihr)(?=\s)(?!.*\s(?:zeigen|sagen|nennen|auflisten|berechnen|zählen|wie|welche\w*|wer|ob)(?:[\s,]|$)).*\s(?:löschen|entfernen|ändern|aktualisieren|überschreiben|hinzufügen|einfügen|leeren|umbenennen)$/u,
  /^(?:peux-tu|peux tu|pouvez-vous|pouvez vous|pourrais-tu|pourriez-vous|tu peux|vous pouvez|est-ce que (?:tu peux|vous pouvez)|(?:j'aimerais|je veux|je voudrais) que tu)\s+(?:s'il (?:te|vous) pla[iî]t,?\s+)?(?:supprimer|effacer|modifier|ajouter|insérer|mettre à jour|remplacer|vider|renommer)(?=\s|$)/u,
  /^(?:me\s+)?(?:puedes?|podrías?|podéis|podríais|pueden|podrían)\s+(?:por favor,?\s+)?(?:eliminar|borrar|actualizar|insertar|modificar|agregar|añadir|cambiar|vaciar)(?=\s|$)/u,
  /^(?:você\s+)?(?:pode|poderia|podes|podias|consegue)\s+(?:por favor,?\s+)?(?:apagar|excluir|deletar|atualizar|inserir|remover|adicionar|alterar|mudar)(?=\s|$)/u,
];

/** Whether a sentence of the text is such an order. */
export function asksInOtherLanguage(spoken: string): boolean {
  return spoken
    .split(/[.?!;\n]+/)
    .map((sentence) => sentence.replace(/^[\s¿¡"'(]+/, '').trim())
    .some((sentence) => orders.some((order) => order.test(sentence)));
}
